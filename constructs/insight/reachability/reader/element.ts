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

/** A resource or data source of a construct tree. */
export class Element {
  /** The element of a construct; undefined for constructs that are neither a resource nor a data source. */
  static of(construct: IConstruct): Element | undefined {
    if (TerraformResource.isTerraformResource(construct))
      return new Element(construct, construct.terraformResourceType, construct.friendlyUniqueId, "resource");
    if (TerraformDataSource.isTerraformDataSource(construct))
      return new Element(construct, construct.terraformResourceType, construct.friendlyUniqueId, "data");
    return undefined;
  }

  /** Terraform address in its stack. */
  readonly address: string;
  /** Path of the stack: addresses are unique in a stack only. */
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

  /** Unique key in the tree. */
  get key(): string {
    return `${this.stack} ${this.address}`;
  }

  /** Path in explanations: of the construct whose main resource this is. */
  get path(): string {
    return this.construct.node.path.replace(/\/(Resource|Default)$/, "");
  }

  /** The arguments as they are synthesized, including overrides. Resolved on first access. */
  get arguments(): Block {
    this.read ??= new Block(resolved(this.construct, this.construct.toTerraform()))
      .block(this.section)
      .block(this.type)
      .block(this.id);
    return this.read;
  }
}

/** A value with its tokens resolved as in the synthesized file. */
export function resolved(scope: IConstruct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, resolver, preparing: false });
}
