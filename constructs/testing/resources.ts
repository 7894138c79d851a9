import { type TerraformStack, Testing } from "cdktf";
import { type Block, onlyOne, type ResourceClass, resourcesIn, type SynthesizedBlocks } from "./blocks";

export type { Block, ResourceClass, SynthesizedBlocks } from "./blocks";

/**
 * The resources (or data sources) of a class in a synthesized stack, in the order of their addresses.
 *
 * Runs the validations of synthesis, so a broken rule fails the test.
 *
 * @example expect(resources(stack, Subnet).map((subnet) => subnet["cidr_block"])).toEqual(["10.0.0.0/20"]);
 */
export function resources(stack: TerraformStack, type: ResourceClass): readonly Block[] {
  return resourcesIn(synthesized(stack), type);
}

/** The only resource of a class in a stack; fails if there is none or more than one. */
export function resource(stack: TerraformStack, type: ResourceClass): Block {
  return onlyOne(resources(stack, type), type);
}

/** The synthesized JSON of a stack; runs the validations of synthesis. */
export function synthesized(stack: TerraformStack): SynthesizedBlocks {
  return JSON.parse(Testing.synth(stack, true)) as SynthesizedBlocks;
}
