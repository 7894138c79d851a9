import type { ResourceGraph } from "./resource-graph";
import { type DeployTimesData, type Direction, type Seconds, TYPICAL_TIMES } from "./typical-times";

/** Arguments that distinguish fast and slow resources of one type. */
const QUALIFIERS: Readonly<Record<string, string>> = {
  aws_eks_addon: "addon_name",
  aws_vpc_endpoint: "vpc_endpoint_type",
};

/** Defines how long a cloud needs to create and to destroy resources of each type. */
export class DeployTimes {
  /** Typical times of AWS, Kubernetes and Helm resources. */
  static typical(): DeployTimes {
    return new DeployTimes(TYPICAL_TIMES);
  }

  constructor(private readonly data: DeployTimesData) {}

  /** Seconds for an address of a graph. Providers take no time; data sources are read on create only. */
  secondsOf(address: string, block: Readonly<Record<string, unknown>>, direction: Direction): number {
    if (address.startsWith("provider.")) return 0;
    if (address.startsWith("data.")) return direction === "create" ? this.timesOf("default").create : 0;
    const type = address.slice(0, address.indexOf("."));
    const qualifier = block[QUALIFIERS[type] ?? ""];
    const qualified = typeof qualifier === "string" ? this.data.seconds[`${type}:${qualifier}`] : undefined;
    return (qualified ?? this.data.seconds[type] ?? this.timesOf("default"))[direction];
  }

  /** Names of the deployments with a lower bound: the id of a stack ends in the name, or continues after it with a hyphen. */
  get deployments(): readonly string[] {
    return Object.keys(this.data.floors);
  }

  /** Lower bound of a deployment in seconds; undefined where its graphs contain none of the chains. */
  floorOf(deployment: string, direction: Direction, graphs: readonly ResourceGraph[]): number | undefined {
    const exists = (kind: string) => graphs.some((graph) => graph.all(kind.replace(/:.*/, "")).length > 0);
    return this.data.floors[deployment]
      ?.find((chain) => chain.create.every(exists))
      ?.[direction].reduce((sum, kind) => sum + this.timesOf(kind)[direction], 0);
  }

  private timesOf(kind: string): Seconds {
    const seconds = this.data.seconds[kind] ?? this.data.seconds[kind.replace(/:.*/, "")];
    if (seconds === undefined) throw new Error(`no times for ${kind}`);
    return seconds;
  }
}
