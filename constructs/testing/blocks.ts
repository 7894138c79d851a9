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

/** The resources (or data sources) of a class in synthesized JSON, in the order of their addresses. */
export function resourcesIn(json: SynthesizedBlocks, type: ResourceClass): readonly Block[] {
  const name = type.tfResourceType.replace(/^data\./, "");
  const blocks = json[isDataSource(type) ? "data" : "resource"]?.[name] ?? {};
  return Object.entries(blocks).map(([id, block]) => ({ ...block, address: `${name}.${id}` }));
}

/** The only one of the resources of a class; fails if there is none or more than one. */
export function onlyOne([only, ...others]: readonly Block[], type: ResourceClass): Block {
  if (only === undefined || others.length > 0)
    throw new Error(`expected one ${type.tfResourceType}, found ${only === undefined ? 0 : others.length + 1}`);
  return only;
}

/** The classes of a resource and its data source have the same Terraform type: `Vpc` and `DataAwsVpc` have `aws_vpc`. */
function isDataSource({ name, tfResourceType }: ResourceClass): boolean {
  const provider = tfResourceType.split("_")[0] ?? "";
  return tfResourceType.startsWith("data.") || name.toLowerCase().startsWith(`data${provider}`);
}
