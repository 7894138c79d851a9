import {
  DefaultTokenResolver,
  StringConcat,
  TerraformDataSource,
  TerraformResource,
  TerraformStack,
  Tokenization,
} from "cdktf";
import type { IConstruct } from "constructs";
import { Block } from "./block";

/** A resource or data source of a tree, whoever made it. */
export class Element {
  /** What stands at a place of a tree; nothing where that is no resource and no data source. */
  static at(construct: IConstruct): Element | undefined {
    if (TerraformResource.isTerraformResource(construct))
      return new Element(construct, construct.terraformResourceType, construct.friendlyUniqueId, "resource");
    if (TerraformDataSource.isTerraformDataSource(construct))
      return new Element(construct, construct.terraformResourceType, construct.friendlyUniqueId, "data");
    return undefined;
  }

  /** Address in its stack; data sources have `data.` in front. */
  readonly address: string;
  /** Path of the stack, since two stacks may have the same address. */
  readonly stack: string;
  private read: Block | undefined;

  private constructor(
    readonly construct: IConstruct & { toTerraform(): unknown },
    readonly type: string,
    private readonly id: string,
    private readonly section: "resource" | "data",
  ) {
    this.address = `${section === "data" ? "data." : ""}${type}.${id}`;
    this.stack = TerraformStack.of(construct).node.path;
  }

  /** What no other element has. */
  get key(): string {
    return `${this.stack} ${this.address}`;
  }

  /** Path for a reader: that of the construct whose main resource this is. */
  get path(): string {
    return this.construct.node.path.replace(/\/(Resource|Default)$/, "");
  }

  /** Its arguments as they will be synthesized, escape hatches included. Resolved when first asked for. */
  get arguments(): Block {
    this.read ??= new Block(resolved(this.construct, this.construct.toTerraform()))
      .block(this.section)
      .block(this.type)
      .block(this.id);
    return this.read;
  }
}

/** A value with its tokens replaced by what the synthesized file will say. */
export function resolved(scope: IConstruct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, resolver, preparing: false });
}
