import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isObject, objectOf } from "../objects";

/** Arguments of a block in a synthesized stack. */
export type Block = Readonly<Record<string, unknown>>;

/** A synthesized stack. */
export class SynthesizedStack {
  private readonly config: Readonly<Record<string, unknown>>;

  constructor(
    readonly id: string,
    /** Terraform's working directory. */
    readonly directory: string,
    /** Stacks that are deployed before this one. */
    readonly dependencies: readonly string[] = [],
  ) {
    this.config = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as Readonly<Record<string, unknown>>;
  }

  /** The content of its `cdk.tf.json`. */
  get json(): Readonly<Record<string, unknown>> {
    return this.config;
  }

  /** Addresses (`aws_vpc.Network`) and arguments of the resources of a type. */
  resources(type: string): ReadonlyMap<string, Block> {
    return this.blocks("resource", type);
  }

  /** Addresses (`aws_eks_cluster.Cluster`) and arguments of the data sources of a type. */
  data(type: string): ReadonlyMap<string, Block> {
    return this.blocks("data", type);
  }

  private blocks(kind: "resource" | "data", type: string): ReadonlyMap<string, Block> {
    const blocks = (this.config[kind] as Record<string, Record<string, Block>> | undefined)?.[type] ?? {};
    return new Map(Object.entries(blocks).map(([name, block]) => [`${type}.${name}`, block]));
  }

  /** The type of each resource; a type occurs once per resource. */
  get types(): readonly string[] {
    const types = (this.config["resource"] as Record<string, Record<string, Block>> | undefined) ?? {};
    return Object.entries(types).flatMap(([type, blocks]) => Object.keys(blocks).map(() => type));
  }

  /** The stack's state file; `undefined` for remote backends. */
  get stateFile(): string | undefined {
    const { backend } = this.config["terraform"] as { backend?: { local?: { path: string } } };
    return backend?.local === undefined ? undefined : resolve(this.directory, backend.local.path);
  }

  /** Whether its providers connect to the local cloud. */
  get isLocal(): boolean {
    return Object.keys((this.config["variable"] as object | undefined) ?? {}).some((name) => name.startsWith("local_"));
  }

  /** Names of the providers that the stack configures. */
  get providers(): readonly string[] {
    return Object.keys((this.config["provider"] as object | undefined) ?? {});
  }

  /** Tags that the stack's main AWS provider adds to every resource. */
  get defaultTags(): Readonly<Record<string, string>> {
    const blocks = this.awsProvider["default_tags"] as readonly { readonly tags?: unknown }[] | undefined;
    const tags = blocks?.[0]?.tags;
    // Text is an expression that is known only at apply.
    if (typeof tags !== "object" || tags === null) return {};
    return Object.fromEntries(
      Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === "string"),
    );
  }

  private get awsProvider(): Block {
    const providers = (this.config["provider"] as Record<string, readonly Block[]> | undefined)?.["aws"] ?? [];
    return providers.find((provider) => provider["alias"] === undefined) ?? {};
  }

  /** Region of the stack's main AWS provider. */
  get region(): string {
    return textArgument(this.awsProvider, "region");
  }
}

/**
 * Finds the stacks of a synthesized app (`cdktf.out`), sorted so that dependencies come first.
 *
 * @param environment - only stacks whose ids start with this name and a hyphen
 */
export function synthesizedStacks(output: string, environment?: string): readonly SynthesizedStack[] {
  const stacks = Object.values(readManifest(output).stacks).filter(
    ({ name }) => environment === undefined || name.startsWith(`${environment}-`),
  );
  const sorted: ManifestStack[] = [];
  const visit = (stack: ManifestStack): void => {
    if (sorted.includes(stack)) return;
    for (const other of stacks) if (stack.dependencies.includes(other.name)) visit(other);
    sorted.push(stack);
  };
  stacks.forEach(visit);
  return sorted.map(
    ({ name, workingDirectory, dependencies }) =>
      new SynthesizedStack(name, join(output, workingDirectory), dependencies),
  );
}

function readManifest(output: string): Manifest {
  const file = join(output, "manifest.json");
  if (!existsSync(file)) throw new Error(`${output} contains no synthesized stacks; run npx groundwork synth`);
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}

/** The blocks of an argument: JSON has an object for one and a list for several. */
export function blocksOf(value: unknown): readonly Block[] {
  if (Array.isArray(value)) return value.map(objectOf);
  return isObject(value) ? [value] : [];
}

/** A string argument; empty if it is missing. */
export function textArgument(block: Block, name: string): string {
  const value = block[name];
  return typeof value === "string" ? value : "";
}

/** The address that an argument references: `aws_vpc.Network` for `${aws_vpc.Network.id}`, likewise for data sources; `undefined` for other values. */
export function referenceArgument(block: Block, name: string): string | undefined {
  return /^\$\{(?:data\.)?([a-z0-9_]+\.[A-Za-z0-9_-]+)\.[a-z_]+\}$/.exec(textArgument(block, name))?.[1];
}

interface Manifest {
  readonly stacks: Readonly<Record<string, ManifestStack>>;
}

interface ManifestStack {
  readonly name: string;
  readonly workingDirectory: string;
  readonly dependencies: readonly string[];
}
