import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";

/** An app that is not written to disk; CDKTF requires an output directory nevertheless. */
export function testApp(): App {
  return new App({ outdir: join(tmpdir(), "groundwork-test") });
}

/** A stack named `test` with an AWS provider in the region. */
export function awsStack(region = "ap-northeast-2"): TerraformStack {
  const stack = new TerraformStack(testApp(), "test");
  new AwsProvider(stack, "aws", { region });
  return stack;
}

/** One resource or data source in the synthesized JSON. */
export type Block = Readonly<Record<string, unknown>> & { readonly address: string };

interface TypedElement {
  readonly tfResourceType: string;
}

/**
 * The resources (or data sources) of a type in a synthesized stack, in the order of their addresses.
 *
 * @example resources(stack, Subnet).map((subnet) => subnet["cidr_block"])
 */
export function resources(stack: TerraformStack, type: TypedElement): readonly Block[] {
  const data = type.tfResourceType.startsWith("data.");
  const name = type.tfResourceType.replace(/^data\./, "");
  // CDKTF gives data sources the type "aws_vpc" too; only the class name distinguishes them.
  const kind = data || /^Data(Aws|Openstack)/.test((type as { name?: string }).name ?? "") ? "data" : "resource";
  const blocks = synthesized(stack)[kind]?.[name] ?? {};
  return Object.entries(blocks).map(([id, block]) => ({ ...block, address: `${name}.${id}` }));
}

/** The only resource of a type in a stack. */
export function resource(stack: TerraformStack, type: TypedElement): Block {
  const [only, ...others] = resources(stack, type);
  if (only === undefined || others.length > 0)
    throw new Error(`expected one ${type.tfResourceType}, found ${only === undefined ? 0 : others.length + 1}`);
  return only;
}

/** The synthesized JSON of a stack; runs the validations of synthesis. */
export function synthesized(stack: TerraformStack): Record<string, Record<string, Record<string, Block>>> {
  return JSON.parse(Testing.synth(stack, true)) as Record<string, Record<string, Record<string, Block>>>;
}
