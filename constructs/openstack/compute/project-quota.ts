import type { IConstruct } from "constructs";
import { Construct } from "constructs";
import { Size } from "../../core/size";
import type { FlavorSize } from "../cloud";
import { FloatingIp } from "../network/floating-ip";
import { OST014 } from "../rules";
import { Instance } from "./instance";

export interface ProjectQuotaProps {
  /** @default - not counted */
  readonly machines?: number;
  /** vCPUs together. Counted where names of flavors tell them. @default - not counted */
  readonly vCpus?: number;
  /** Memory together. Counted where names of flavors tell it. @default - not counted */
  readonly memory?: Size;
  /** @default - not counted */
  readonly floatingIps?: number;
}

/**
 * Defines how much a project may have, so that a plan which needs more is refused before anything is made.
 *
 * Creates nothing. It counts what stands in the construct around it, which is a stack as a rule; what others have made in the
 * project, it cannot know. The numbers stand in the cloud's console. Free of charge.
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
  readonly what: string;
  readonly wanted: number;
  readonly most: number | undefined;
}

function exceeded(at: Construct, tree: readonly IConstruct[], props: ProjectQuotaProps): string[] {
  return counts(tree, props)
    .filter(({ wanted, most }) => most !== undefined && wanted > most)
    .map(
      ({ what, wanted, most }) =>
        OST014.violation({
          at,
          given: `${wanted} ${what}, the project may have ${most ?? 0}`,
          fix: "have the quota raised, or make less",
        }).message,
    );
}

function counts(tree: readonly IConstruct[], props: ProjectQuotaProps): readonly Count[] {
  const machines = tree.filter((one) => Instance.isInstance(one));
  const sizes = machines.map(({ cloud, flavor }) => cloud.sizeOf(flavor)).filter((size) => size !== undefined);
  const sum = (of: (size: FlavorSize) => number) => sizes.reduce((all, size) => all + of(size), 0);
  const gibibytes = Size.gibibytes(1).toMebibytes();
  return [
    { what: "machines", wanted: machines.length, most: props.machines },
    { what: "vCPUs", wanted: sum(({ vCpus }) => vCpus), most: props.vCpus },
    {
      what: "GiB of memory",
      wanted: sum(({ memory }) => memory.toMebibytes()) / gibibytes,
      most: props.memory === undefined ? undefined : props.memory.toMebibytes() / gibibytes,
    },
    {
      what: "floating IPs",
      wanted: tree.filter((one) => FloatingIp.isFloatingIp(one)).length,
      most: props.floatingIps,
    },
  ];
}
