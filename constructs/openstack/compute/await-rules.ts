import { Lazy, TerraformStack } from "cdktf";
import type { TerraformResource } from "cdktf";
import type { ISecurityGroup } from "../network/security-group";

/**
 * Lets a machine wait for the rules of its security groups, those that are added after it among them: it fetches packages when it
 * first starts. Rules name groups and blocks and never a machine, so nobody waits in a circle. Those of another stack stand
 * before this one is made.
 */
export function awaitRules(machine: TerraformResource, groups: readonly ISecurityGroup[]): void {
  const others = machine.dependsOn ?? [];
  const stack = TerraformStack.of(machine);
  const addresses = () =>
    groups
      .flatMap(({ connections }) => connections.rules)
      .filter((rule) => TerraformStack.of(rule) === stack)
      .map((rule) => `${rule.terraformResourceType}.${rule.friendlyUniqueId}`);
  // Sorted, since the order in which ways are opened is of no concern to the machine.
  machine.dependsOn = Lazy.listValue({ produce: () => [...others, ...[...new Set(addresses())].sort()] });
}
