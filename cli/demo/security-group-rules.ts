import type { OpenStackConnection } from "@groundwork/local/openstack/connection";
import type { ResourceEvent } from "@groundwork/tooling/cdktf/progress";
import { type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";
import { OpenStackApi } from "./openstack-api";

const RULE = "openstack_networking_secgroup_rule_v2";

/**
 * Deletes the security group rules of the emulated clouds when Terraform begins to destroy those of a stack.
 *
 * The OpenStack provider waits five seconds after each deletion, and deletes the rules of a group one after another: more than a minute
 * for the group of a cluster's nodes. It does not wait for a rule that the cloud reports as deleted already.
 */
export class SecurityGroupRules {
  private readonly deletions = new Map<string, Promise<void>>();

  constructor(
    private readonly connection: OpenStackConnection | undefined,
    private readonly stacks: readonly SynthesizedStack[],
  ) {}

  /** Reads the events of a destroy. */
  readonly read = ({ stack: id, type, action }: ResourceEvent): void => {
    if (type !== RULE || action !== "Destroying" || this.deletions.has(id)) return;
    const stack = this.stacks.find((each) => each.id === id);
    // An error only means that the provider deletes the rules itself.
    if (stack !== undefined)
      this.deletions.set(
        id,
        this.deleteRules(stack).catch(() => undefined),
      );
  };

  /** Ends when all deletions that have begun are finished. */
  async finished(): Promise<void> {
    await Promise.all(this.deletions.values());
  }

  /** Only those of the stack's groups: a project has a default group, too. */
  private async deleteRules(stack: SynthesizedStack): Promise<void> {
    if (this.connection === undefined) return;
    const names = [...stack.resources("openstack_networking_secgroup_v2").values()].map((group) =>
      textArgument(group, "name"),
    );
    const api = await OpenStackApi.of(this.connection, stack);
    const groups = (
      await api.networkObjects<{ readonly id: string; readonly name: string }>("security-groups", "security_groups")
    )
      .filter(({ name }) => names.includes(name))
      .map(({ id }) => id);
    const rules = await api.networkObjects<{ readonly id: string; readonly security_group_id: string }>(
      "security-group-rules",
      "security_group_rules",
    );
    for (const { id, security_group_id } of rules)
      if (groups.includes(security_group_id)) await api.deleteNetworkObject(`security-group-rules/${id}`);
  }
}
