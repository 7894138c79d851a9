import { objectOf } from "@groundwork/tooling/objects";
import type { ResourceEvent } from "@groundwork/tooling/cdktf/progress";
import { type Block, type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";

/** Arguments that contain the name by which another stack refers to a resource. */
const NAMES = ["name", "bucket"] as const;

/**
 * The resources of a stack that another stack refers to by name. When they exist, the other stack can be deployed, although the first one
 * is not finished: the AWS provider watches a new lifecycle configuration of a bucket for 55 seconds.
 */
export class NamedResources {
  private readonly missing: Set<string>;

  constructor(
    private readonly stack: SynthesizedStack,
    dependant: SynthesizedStack,
  ) {
    const text = JSON.stringify(dependant.json);
    const types = objectOf(stack.json["resource"]) as Readonly<Record<string, Readonly<Record<string, Block>>>>;
    const resources = Object.entries(types).flatMap(([type, blocks]) =>
      Object.values(blocks).map((block) => ({ type, block })),
    );
    const named = resources.filter(({ block }) =>
      NAMES.map((name) => textArgument(block, name)).some((name) => name !== "" && text.includes(JSON.stringify(name))),
    );
    this.missing = new Set(named.map(({ type, block }) => keyOf(type, this.pathOf(block))));
    // A stack that is referred to in another way must be finished.
    if (named.length === 0) this.missing.add(stack.id);
  }

  /** Whether all of them are created, or the stack is finished. */
  get exist(): boolean {
    return this.missing.size === 0;
  }

  /** Reads the events of the stack's deployment. */
  readonly read = ({ stack, type, path, action }: ResourceEvent): void => {
    if (stack === this.stack.id && action === "Creation") this.missing.delete(keyOf(type, path));
  };

  /** The stack is finished: resources that existed before have no event. */
  finish(): void {
    this.missing.clear();
  }

  /** The path of a construct within its stack, as in events. */
  private pathOf(block: Block): string {
    const path = textArgument(objectOf(objectOf(block["//"])["metadata"]), "path");
    return path.slice(this.stack.id.length + 1).replace(/\/(Resource|Default)$/, "");
  }
}

function keyOf(type: string, path: string): string {
  return `${type} ${path}`;
}
