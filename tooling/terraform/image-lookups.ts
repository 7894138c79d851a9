import { type Block, type SynthesizedStack, textArgument } from "./synthesized";

/** An image that a stack looks up by its tag when it is planned. */
export interface ImageLookup {
  readonly block: Block;
  readonly region: string;
  readonly repository: string;
  readonly tag: string;
}

/** The images that a stack looks up by a known repository and tag. */
export function imageLookups(stack: SynthesizedStack): readonly ImageLookup[] {
  return [...stack.data("aws_ecr_image").values()]
    .map((block) => ({
      block,
      region: stack.region,
      repository: textArgument(block, "repository_name"),
      tag: textArgument(block, "image_tag"),
    }))
    .filter(({ repository, tag }) => [repository, tag].every((text) => text !== "" && !text.includes("${")));
}
