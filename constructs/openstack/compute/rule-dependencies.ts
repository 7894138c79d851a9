import { Lazy, type TerraformResource, TerraformStack } from "cdktf";
import type { ISecurityGroup } from "../security/security-group";

/**
 * Makes a machine depend on the rules of its security groups, including rules that are added later in the code: the machine installs
 * packages at its first boot. Rules reference groups and blocks and never a machine, so there is no dependency cycle. Rules of another
 * stack are skipped, because that stack is deployed first.
 */
export function dependOnRules(machine: TerraformResource, groups: readonly ISecurityGroup[]): void {
  const others = machine.dependsOn ?? [];
  const stack = TerraformStack.of(machine);
  const addresses = () =>
    groups
      .flatMap(({ connections }) => connections.rules)
      .filter((rule) => TerraformStack.of(rule) === stack)
      .map((rule) => `${rule.terraformResourceType}.${rule.friendlyUniqueId}`);
  // Sorted, so that the order of calls does not change the machine.
  machine.dependsOn = Lazy.listValue({ produce: () => [...others, ...[...new Set(addresses())].sort()] });
}
