import type { TerraformStack } from "cdktf";
import { synthesized } from "./fixture";

/**
 * Terraform's own graph of a stack: what is made before what, and, the other way round, removed after what. What has no
 * path between it runs in any order.
 *
 * @example graphOf(stack).needs("aws_eks_node_group", "aws_route")
 */
export class Graph {
  private readonly edges: ReadonlyMap<string, readonly string[]>;

  constructor(blocks: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, object>>>>>>) {
    const addressed = ["resource", "data"].flatMap((kind) =>
      Object.entries(blocks[kind] ?? {}).flatMap(([type, named]) =>
        Object.entries(named).map(
          ([name, block]) => [`${kind === "data" ? "data." : ""}${type}.${name}`, block] as const,
        ),
      ),
    );
    const known = new Set<string>(addressed.map(([address]) => address));
    this.edges = new Map(
      addressed.map(([address, block]) => [address, mentioned(block).filter((other) => known.has(other))]),
    );
  }

  /** Addresses of a type (`aws_route`, `data.aws_eks_cluster`), or the one that is asked for. */
  all(typeOrAddress: string): readonly string[] {
    return [...this.edges.keys()].filter(
      (address) => address === typeOrAddress || address.startsWith(`${typeOrAddress}.`),
    );
  }

  /** Everything that must stand before something is made: what it mentions, and what that mentions. */
  needsOf(address: string): ReadonlySet<string> {
    const found = new Set<string>();
    const visit = (from: string): void => {
      for (const next of this.edges.get(from) ?? []) if (!found.has(next)) visit((found.add(next), next));
    };
    visit(address);
    return found;
  }

  /** Whether each of the first needs every one of the second. Fails when there is nothing to compare. */
  needs(one: string, other: string): boolean {
    const [ones, others] = [this.all(one), this.all(other)];
    if (ones.length === 0 || others.length === 0) throw new Error(`no ${ones.length === 0 ? one : other} in the stack`);
    return ones.every((address) => others.every((needed) => this.needsOf(address).has(needed)));
  }

  /** Whether any of the first needs any of the second. */
  touches(one: string, other: string): boolean {
    return this.all(one).some((address) => this.all(other).some((needed) => this.needsOf(address).has(needed)));
  }

  /** A cycle among the addresses; nothing in a graph that Terraform can walk. */
  get cycle(): string | undefined {
    return [...this.edges.keys()].find((address) => this.needsOf(address).has(address));
  }
}

/** The graph of a synthesized stack. */
export function graphOf(stack: TerraformStack): Graph {
  return new Graph(synthesized(stack));
}

/** Everything in a block that looks like an address. */
function mentioned(block: object): readonly string[] {
  return [...JSON.stringify({ ...block, "//": undefined }).matchAll(/(?:data\.)?[a-z0-9_]+\.[A-Za-z0-9_-]+/g)].map(
    ([address]) => address,
  );
}
