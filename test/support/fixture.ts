import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  type Block,
  onlyOne,
  type ResourceClass,
  resourcesIn,
  type SynthesizedBlocks,
} from "@groundwork/constructs/testing/blocks";
import { App, TerraformStack, Testing } from "cdktf";

export type { Block };

/** The synthesized texts of the stacks that no test changes, once each was needed. */
const texts = new WeakMap<TerraformStack, string | undefined>();

/** Lets tests share the synthesized text of a stack that none of them changes. */
export function shareSynthesized(stack: TerraformStack): void {
  texts.set(stack, undefined);
}

/** The synthesized JSON of a stack. */
export function synthesized(stack: TerraformStack): SynthesizedBlocks {
  const text = texts.get(stack) ?? Testing.synth(stack, true);
  if (texts.has(stack)) texts.set(stack, text);
  return JSON.parse(text) as SynthesizedBlocks;
}

/** The resources (or data sources) of a class in a stack. */
export function resources(stack: TerraformStack, type: ResourceClass): readonly Block[] {
  return resourcesIn(synthesized(stack), type);
}

/** The only resource of a class in a stack; fails if there is none or more than one. */
export function resource(stack: TerraformStack, type: ResourceClass): Block {
  return onlyOne(resources(stack, type), type);
}

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
