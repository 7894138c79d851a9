import { Construct, type IConstruct } from "constructs";
import { Size } from "../core/size";
import type { FlavorSize } from "./cloud";
import { Instance } from "./compute/instance";
import { FloatingIp } from "./network/floating-ip";
import { OST014 } from "./rules";

export interface ProjectQuotaProps {
  /**
   * Maximum number of machines; counts every `Instance`.
   * @default - not checked
   */
  readonly machines?: number;
  /**
   * Maximum number of vCPUs in total. Counts flavors whose name contains their size, as on NHN Cloud.
   * @default - not checked
   */
  readonly vCpus?: number;
  /**
   * Maximum memory in total. Counts flavors whose name contains their size, as on NHN Cloud.
   * @default - not checked
   */
  readonly memory?: Size;
  /**
   * Maximum number of floating IPs; counts every `FloatingIp`.
   * @default - not checked
   */
  readonly floatingIps?: number;
}

/**
 * Defines the quota of a project, so that a stack that exceeds it is rejected at synthesis.
 *
 * Creates no resources. Counts the resources in the parent construct, usually a stack; resources of the project that other stacks or
 * users created are unknown. The console shows the project's quotas. Cost: free of charge.
 *
 * Errors: OST014.
 *
 * @example new ProjectQuota(stack, "Quota", { machines: 10, vCpus: 40, floatingIps: 5 });
 */
export class ProjectQuota extends Construct {
  constructor(scope: Construct, id: string, props: ProjectQuotaProps) {
    super(scope, id);
    this.node.addValidation({ validate: () => exceeded(this, scope.node.findAll(), props) });
  }
}

interface Count {
  readonly label: string;
  readonly requested: number;
  readonly most: number | undefined;
}

function exceeded(at: Construct, tree: readonly IConstruct[], props: ProjectQuotaProps): string[] {
  return counts(tree, props)
    .filter(({ requested, most }) => most !== undefined && requested > most)
    .map(
      ({ label, requested, most }) =>
        OST014.violation({
          at,
          given: `${requested} ${label}, the project's quota is ${most ?? 0}`,
          fix: "request a higher quota, or reduce the stack",
        }).message,
    );
}

function counts(tree: readonly IConstruct[], props: ProjectQuotaProps): readonly Count[] {
  const machines = tree.filter((construct) => Instance.isInstance(construct));
  const sizes = machines.map(({ cloud, flavor }) => cloud.sizeOf(flavor)).filter((size) => size !== undefined);
  const sum = (of: (size: FlavorSize) => number) => sizes.reduce((total, size) => total + of(size), 0);
  const gibibytes = Size.gibibytes(1).toMebibytes();
  return [
    { label: "machines", requested: machines.length, most: props.machines },
    { label: "vCPUs", requested: sum(({ vCpus }) => vCpus), most: props.vCpus },
    {
      label: "GiB of memory",
      requested: sum(({ memory }) => memory.toMebibytes()) / gibibytes,
      most: props.memory === undefined ? undefined : props.memory.toMebibytes() / gibibytes,
    },
    {
      label: "floating IPs",
      requested: tree.filter((construct) => FloatingIp.isFloatingIp(construct)).length,
      most: props.floatingIps,
    },
  ];
}
