/** What a synthesized stack says, as far as it makes edges: `resource`, `data` and `provider` blocks. */
export interface Blocks {
  readonly resource?: Typed;
  readonly data?: Typed;
  readonly provider?: Readonly<Record<string, readonly object[]>>;
}

type Typed = Readonly<Record<string, Readonly<Record<string, object>>>>;

/**
 * Terraform's own graph of a stack: what is made before what, and, the other way round, removed after what. What has no
 * path between it runs in any order.
 *
 * A resource needs what its arguments and `depends_on` mention, and its provider, which needs what its own settings
 * mention. Read off the synthesized JSON: `terraform graph` says the same, but wants every provider downloaded first.
 *
 * @example new Graph(stack.blocks).needs("aws_eks_node_group", "aws_route")
 */
export class Graph {
  private readonly blocks: ReadonlyMap<string, object>;
  private readonly edges: ReadonlyMap<string, readonly string[]>;

  constructor(stack: Blocks) {
    this.blocks = new Map([
      ...typed(stack.resource, ""),
      ...typed(stack.data, "data."),
      ...Object.entries(stack.provider ?? {}).flatMap(([name, made]) =>
        made.map((block) => [providerAddress(name, aliasOf(block)), block] as const),
      ),
    ]);
    this.edges = new Map(
      [...this.blocks].map(([address, block]) => [
        address,
        [...new Set([...mentioned(block), providerOf(address, block)])].filter(
          (other) => other !== address && this.blocks.has(other),
        ),
      ]),
    );
  }

  /** Addresses of everything: resources, data sources, providers. */
  get addresses(): readonly string[] {
    return [...this.blocks.keys()];
  }

  /** Addresses of a type (`aws_route`, `data.aws_eks_cluster`), or the one that is asked for. */
  all(typeOrAddress: string): readonly string[] {
    return this.addresses.filter((address) => address === typeOrAddress || address.startsWith(`${typeOrAddress}.`));
  }

  /** The arguments behind an address. */
  blockOf(address: string): Readonly<Record<string, unknown>> {
    return { ...this.blocks.get(address) };
  }

  /** What must stand right before something is made. */
  parentsOf(address: string): readonly string[] {
    return this.edges.get(address) ?? [];
  }

  /** Everything that must stand before something is made: what it mentions, and what that mentions. */
  needsOf(address: string): ReadonlySet<string> {
    const found = new Set<string>();
    const visit = (from: string): void => {
      for (const next of this.parentsOf(from)) if (!found.has(next)) visit((found.add(next), next));
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
    return this.addresses.find((address) => this.needsOf(address).has(address));
  }
}

function typed(blocks: Typed | undefined, prefix: string): readonly (readonly [string, object])[] {
  return Object.entries(blocks ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => [`${prefix}${type}.${name}`, block] as const),
  );
}

/** Everything in a block that looks like an address. */
function mentioned(block: object): readonly string[] {
  return [...JSON.stringify({ ...block, "//": undefined }).matchAll(/(?:data\.)?[a-z0-9_]+\.[A-Za-z0-9_-]+/g)].map(
    ([address]) => address,
  );
}

/** `provider.aws`, or `provider.aws.virginia` for one with an alias. */
function providerAddress(name: string, alias: string | undefined): string {
  return ["provider", name, ...(alias === undefined ? [] : [alias])].join(".");
}

function aliasOf(block: object): string | undefined {
  return (block as { readonly alias?: string }).alias;
}

/** Provider of a resource: the one it names, else the one its type begins with. */
function providerOf(address: string, block: object): string {
  const { provider } = block as { readonly provider?: string };
  return `provider.${provider ?? address.replace(/^data\./, "").split("_")[0] ?? ""}`;
}
