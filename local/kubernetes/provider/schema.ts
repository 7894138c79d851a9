/** A type of Terraform's, as its protocol writes it. */
export type WireType = string | readonly [string, WireType | Readonly<Record<string, WireType>>];

/** How often a block or nested object may stand in another one. */
export type Nesting = "single" | "list" | "set" | "map";

export interface Attribute {
  /** Nothing for a nested object. */
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
  /** 0 for any number. */
  readonly maxItems: number;
}

/** The arguments of a resource, provider or block. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** All that a provider understands. */
export interface ProviderSchema {
  readonly provider: Block;
  readonly resources: Readonly<Record<string, Block>>;
}
