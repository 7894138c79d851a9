import type { Block, SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { References } from "./references";
import { addressOf, type Deployed } from "./state";

/** A stack, and what its Terraform state contains. */
export interface PlannedStack {
  readonly stack: Pick<SynthesizedStack, "id" | "json">;
  readonly deployed: Deployed;
}

/** A resource or a data source of a stack. */
export interface PlannedBlock {
  readonly stack: string;
  readonly type: string;
  readonly address: string;
  /** Whether it is a data source, whose object exists already. */
  readonly isData: boolean;
  /** Arguments as synthesized. */
  readonly block: Block;
  /** Attributes in the state; `undefined` for a resource that the next apply creates, and for data sources. */
  readonly deployed: Block | undefined;
  /** An argument with its references resolved; `undefined` when it is missing or known only at apply. */
  text(name: string): string | undefined;
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/**
 * What the next apply of stacks in one cloud creates: their resources, without those in a Terraform state.
 *
 * The stacks share the cloud's quotas, so they are compared with it together.
 */
export class Plan {
  private readonly resourceBlocks: readonly PlannedBlock[];
  private readonly dataBlocks: readonly PlannedBlock[];

  constructor(stacks: readonly PlannedStack[], variables: Readonly<Record<string, string | undefined>> = {}) {
    const read = (kind: "resource" | "data") => stacks.flatMap((each) => blocksOf(each, kind, variables));
    this.resourceBlocks = read("resource");
    this.dataBlocks = read("data");
  }

  /** All resources of a type, including those that exist. @default - of every type */
  resources(type?: string): readonly PlannedBlock[] {
    return this.resourceBlocks.filter((each) => type === undefined || each.type === type);
  }

  /** The resources of a type that the next apply creates. @default - of every type */
  created(type?: string): readonly PlannedBlock[] {
    return this.resources(type).filter(({ deployed }) => deployed === undefined);
  }

  /** Types of the resources that the next apply creates; a type occurs once per resource. */
  get createdTypes(): readonly string[] {
    return this.created().map(({ type }) => type);
  }

  /** The data sources of a type. */
  data(type: string): readonly PlannedBlock[] {
    return this.dataBlocks.filter((each) => each.type === type);
  }

  /** The resource or data source that an argument references; `undefined` for other values. */
  referenced({ stack, block }: Pick<PlannedBlock, "stack" | "block">, argument: string): PlannedBlock | undefined {
    const value = block[argument];
    const [, data = "", address = ""] =
      /^\$\{(data\.)?([a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?)\.\w+\}$/.exec(typeof value === "string" ? value : "") ?? [];
    const blocks = data === "" ? this.resourceBlocks : this.dataBlocks;
    return blocks.find((each) => each.stack === stack && each.address === address);
  }
}

function blocksOf(
  { stack, deployed }: PlannedStack,
  kind: "resource" | "data",
  variables: Readonly<Record<string, string | undefined>>,
): readonly PlannedBlock[] {
  const references = new References(stack, deployed, variables);
  const types = (stack.json[kind] as Blocks | undefined) ?? {};
  return Object.entries(types).flatMap(([type, blocks]) =>
    Object.entries(blocks).flatMap(([name, block]) =>
      instanceKeys(block).map((key) => {
        const address = addressOf(type, name, key);
        return {
          stack: stack.id,
          type,
          address,
          isData: kind === "data",
          block,
          deployed: kind === "resource" ? deployed.get(address) : undefined,
          text: (argument: string) => references.resolve(block[argument]),
        };
      }),
    ),
  );
}

/**
 * Keys of the instances of a resource: one without a key, `count` numbers, or the keys of `for_each`. A number that is known only at
 * apply is taken as one.
 */
function instanceKeys({ count, for_each: forEach }: Block): readonly (string | number | undefined)[] {
  if (typeof count === "number") return Array.from({ length: count }, (_, index) => index);
  if (Array.isArray(forEach)) return forEach.map(String);
  if (typeof forEach === "object" && forEach !== null) return Object.keys(forEach);
  return [count === undefined && forEach === undefined ? undefined : 0];
}
