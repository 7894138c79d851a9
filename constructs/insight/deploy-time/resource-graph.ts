/** The blocks of a synthesized stack that form its graph: the content of its `cdk.tf.json`. */
export interface StackBlocks {
  /** Resources by type and name. */
  readonly resource?: TypedBlocks;
  /** Data sources by type and name. */
  readonly data?: TypedBlocks;
  /** Configurations of each provider. */
  readonly provider?: Readonly<Record<string, readonly object[]>>;
}

/** Blocks by type and name. */
export type TypedBlocks = Readonly<Record<string, Readonly<Record<string, object>>>>;

/**
 * Defines Terraform's dependency graph of a stack: a resource is created after its dependencies and destroyed before them; resources
 * without a path between them are in no fixed order.
 *
 * A resource depends on the addresses in its arguments and in `depends_on`, and on its provider, which depends on the addresses in its
 * configuration. The graph is computed from the synthesized JSON; `terraform graph` computes the same, but downloads all providers.
 *
 * @example new ResourceGraph(JSON.parse(readFileSync("cdktf.out/stacks/lab-eks/cdk.tf.json", "utf8"))).needs("aws_eks_node_group", "aws_route")
 */
export class ResourceGraph {
  private readonly blocks: ReadonlyMap<string, object>;
  private readonly edges: ReadonlyMap<string, readonly string[]>;

  constructor(stack: StackBlocks) {
    this.blocks = new Map([
      ...typed(stack.resource, ""),
      ...typed(stack.data, "data."),
      ...Object.entries(stack.provider ?? {}).flatMap(([name, providers]) =>
        providers.map((block) => [providerAddress(name, aliasOf(block)), block] as const),
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

  /** Addresses of all resources, data sources and providers. */
  get addresses(): readonly string[] {
    return [...this.blocks.keys()];
  }

  /** Addresses of a type (`aws_route`, `data.aws_eks_cluster`), or the given address itself. */
  all(typeOrAddress: string): readonly string[] {
    return this.addresses.filter((address) => address === typeOrAddress || address.startsWith(`${typeOrAddress}.`));
  }

  /** The arguments of an address. */
  blockOf(address: string): Readonly<Record<string, unknown>> {
    return { ...this.blocks.get(address) };
  }

  /** Direct dependencies of an address. */
  parentsOf(address: string): readonly string[] {
    return this.edges.get(address) ?? [];
  }

  /** Direct and indirect dependencies of an address. */
  needsOf(address: string): ReadonlySet<string> {
    const found = new Set<string>();
    const visit = (from: string): void => {
      for (const next of this.parentsOf(from)) if (!found.has(next)) visit((found.add(next), next));
    };
    visit(address);
    return found;
  }

  /** Whether every resource of the first type depends on every resource of the second. Fails when the stack has none of either. */
  needs(dependent: string, dependency: string): boolean {
    const [dependents, dependencies] = [this.all(dependent), this.all(dependency)];
    const missing = dependents.length === 0 ? dependent : dependencies.length === 0 ? dependency : undefined;
    if (missing !== undefined) throw new Error(`no ${missing} in the stack`);
    return dependents.every((address) => dependencies.every((needed) => this.needsOf(address).has(needed)));
  }

  /** Whether any resource of the first type depends on any resource of the second. */
  touches(dependent: string, dependency: string): boolean {
    return this.all(dependent).some((address) =>
      this.all(dependency).some((needed) => this.needsOf(address).has(needed)),
    );
  }

  /** An address that depends on itself; undefined in a graph that Terraform can walk. */
  get cycle(): string | undefined {
    return this.addresses.find((address) => this.needsOf(address).has(address));
  }
}

function typed(blocks: TypedBlocks | undefined, prefix: string): readonly (readonly [string, object])[] {
  return Object.entries(blocks ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => [`${prefix}${type}.${name}`, block] as const),
  );
}

/** All substrings of a block that have the form of an address. */
function mentioned(block: object): readonly string[] {
  return [...JSON.stringify({ ...block, "//": undefined }).matchAll(/(?:data\.)?[a-z0-9_]+\.[A-Za-z0-9_-]+/g)].map(
    ([address]) => address,
  );
}

/** `provider.aws`, or `provider.aws.virginia` for a provider with an alias. */
function providerAddress(name: string, alias: string | undefined): string {
  return ["provider", name, ...(alias === undefined ? [] : [alias])].join(".");
}

function aliasOf(block: object): string | undefined {
  return (block as { readonly alias?: string }).alias;
}

/** Provider of a resource: its `provider` argument, or else the prefix of its type. */
function providerOf(address: string, block: object): string {
  const { provider } = block as { readonly provider?: string };
  return `provider.${provider ?? address.replace(/^data\./, "").split("_")[0] ?? ""}`;
}
