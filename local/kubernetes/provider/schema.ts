import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageDirectory } from "@groundwork/tooling/paths";

/** A Terraform type in the encoding of the plugin protocol. */
export type WireType = string | readonly [string, WireType | Readonly<Record<string, WireType>>];

/** Nesting mode of a block or nested attribute. */
export type Nesting = "single" | "list" | "set" | "map";

export interface Attribute {
  /** `undefined` for a nested attribute. */
  readonly type?: WireType;
  readonly nested?: { readonly nesting: Nesting; readonly attributes: Readonly<Record<string, Attribute>> };
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
}

export interface NestedBlock {
  readonly nesting: Nesting;
  readonly block: Block;
  readonly minItems: number;
  /** 0: unlimited. */
  readonly maxItems: number;
}

/** The arguments of a resource, provider or block. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** The schema of a provider. */
export interface ProviderSchema {
  readonly provider: Block;
  readonly resources: Readonly<Record<string, Block>>;
}

/** The providers that have stand-ins. */
export type StandInProvider = "kubernetes" | "helm";

/**
 * The schema of a provider, from `schemas.json`.
 *
 * `npm run docs` writes the file from the provider's CDKTF bindings, so that a published package does not depend on them.
 */
export function providerSchema(provider: StandInProvider): ProviderSchema {
  const text = readFileSync(join(packageDirectory(__dirname), "kubernetes/provider/schemas.json"), "utf8");
  return (JSON.parse(text) as Record<StandInProvider, ProviderSchema>)[provider];
}

/** The schema of a resource type. */
export function blockOf(resources: ProviderSchema["resources"], type: string): Block {
  const block = resources[type];
  if (block === undefined) throw new Error(`schemas.json does not contain ${type}; run npm run docs`);
  return block;
}
