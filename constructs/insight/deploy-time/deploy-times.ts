import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "@groundwork/tooling/paths";
import type { Graph } from "./graph";

/** What is done with a stack. */
export type Direction = "create" | "destroy";

/** Seconds a kind of resource takes. */
export type Seconds = Readonly<Record<Direction, number>>;

/** Kinds of which each waits for the one before. */
export type Chain = Readonly<Record<Direction, readonly string[]>>;

/** How long clouds take, as a file writes it. */
export interface DeployTimesData {
  /** By type, or by type and qualifier: `aws_eks_addon:coredns`; `default` is everything else. */
  readonly seconds: Readonly<Record<string, Seconds>>;
  /** By what is deployed, chains that no graph can shorten, the longest first. */
  readonly floors: Readonly<Record<string, readonly Chain[]>>;
}

/** Arguments that tell apart what one type makes fast or slow. */
const QUALIFIERS: Readonly<Record<string, string>> = {
  aws_eks_addon: "addon_name",
  aws_vpc_endpoint: "vpc_endpoint_type",
};

/** How long a cloud takes to make and to remove each kind of resource. */
export class DeployTimes {
  /** Reads `bench/deploy-times.json`, which says where the figures come from. */
  static read(): DeployTimes {
    return new DeployTimes(JSON.parse(readFileSync(join(ROOT, "bench/deploy-times.json"), "utf8")) as DeployTimesData);
  }

  constructor(private readonly data: DeployTimesData) {}

  /** Seconds for an address of a graph. Providers take none; data sources are read and never removed. */
  secondsOf(address: string, block: Readonly<Record<string, unknown>>, direction: Direction): number {
    if (address.startsWith("provider.")) return 0;
    if (address.startsWith("data.")) return direction === "create" ? this.kind("default").create : 0;
    const type = address.slice(0, address.indexOf("."));
    const qualifier = block[QUALIFIERS[type] ?? ""];
    const qualified = typeof qualifier === "string" ? this.data.seconds[`${type}:${qualifier}`] : undefined;
    return (qualified ?? this.data.seconds[type] ?? this.kind("default"))[direction];
  }

  /** Names of what floors are known of: a stack's id ends in them, or has them before a further word. */
  get deployments(): readonly string[] {
    return Object.keys(this.data.floors);
  }

  /** The least that a deployment can take: the first chain whose kinds are all among the addresses. */
  floorOf(deployment: string, direction: Direction, graphs: readonly Graph[]): number | undefined {
    const present = (kind: string) => graphs.some((graph) => graph.all(kind.replace(/:.*/, "")).length > 0);
    return this.data.floors[deployment]
      ?.find((chain) => chain.create.every(present))
      ?.[direction].reduce((sum, kind) => sum + this.kind(kind)[direction], 0);
  }

  private kind(name: string): Seconds {
    const seconds = this.data.seconds[name] ?? this.data.seconds[name.replace(/:.*/, "")];
    if (seconds === undefined) throw new Error(`no times for ${name}`);
    return seconds;
  }
}
