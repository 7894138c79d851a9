import { type TerraformStack, Testing } from "cdktf";

/** One resource or data source in the synthesized JSON: its arguments, and its Terraform address. */
export type Block = Readonly<Record<string, unknown>> & {
  /** Terraform address, such as `aws_vpc.Network`. */
  readonly address: string;
};

/** A class of a provider's bindings, such as `Subnet` of `@cdktf/provider-aws/lib/subnet`. */
export interface ResourceClass {
  /** Name of the class. */
  readonly name: string;
  /** Terraform type, such as `aws_subnet`; data sources have the type of their resource. */
  readonly tfResourceType: string;
}

/** The synthesized JSON of a stack: blocks by their kind, type and id. */
export type SynthesizedBlocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Block>>>>>>;

/**
 * The resources (or data sources) of a class in a synthesized stack, in the order of their addresses.
 *
 * Runs the validations of synthesis, so a broken rule fails the test.
 *
 * @example expect(resources(stack, Subnet).map((subnet) => subnet["cidr_block"])).toEqual(["10.0.0.0/20"]);
 */
export function resources(stack: TerraformStack, type: ResourceClass): readonly Block[] {
  const name = type.tfResourceType.replace(/^data\./, "");
  const blocks = synthesized(stack)[isDataSource(type) ? "data" : "resource"]?.[name] ?? {};
  return Object.entries(blocks).map(([id, block]) => ({ ...block, address: `${name}.${id}` }));
}

/** The only resource of a class in a stack; fails if there is none or more than one. */
export function resource(stack: TerraformStack, type: ResourceClass): Block {
  const [only, ...others] = resources(stack, type);
  if (only === undefined || others.length > 0)
    throw new Error(`expected one ${type.tfResourceType}, found ${only === undefined ? 0 : others.length + 1}`);
  return only;
}

/** The synthesized JSON of a stack; runs the validations of synthesis. */
export function synthesized(stack: TerraformStack): SynthesizedBlocks {
  return JSON.parse(Testing.synth(stack, true)) as SynthesizedBlocks;
}

/** The classes of a resource and its data source have the same Terraform type: `Vpc` and `DataAwsVpc` have `aws_vpc`. */
function isDataSource({ name, tfResourceType }: ResourceClass): boolean {
  const provider = tfResourceType.split("_")[0] ?? "";
  return tfResourceType.startsWith("data.") || name.toLowerCase().startsWith(`data${provider}`);
}
