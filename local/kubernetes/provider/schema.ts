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
