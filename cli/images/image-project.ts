import { BUILD_VARIABLES } from "@groundwork/constructs/core";
import { blocksOf, type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";

/** A project that builds an image, in a synthesized stack. */
export interface ImageProject {
  /** Id of the stack. */
  readonly stack: string;
  readonly region: string;
  /** Name of the CodeBuild project. */
  readonly name: string;
}

/** The projects of stacks that build images: those whose variables `ImageBuild` has set. */
export function imageProjects(stacks: readonly SynthesizedStack[]): readonly ImageProject[] {
  return stacks.flatMap((stack) =>
    [...stack.resources("aws_codebuild_project").values()]
      .filter(({ environment }) =>
        blocksOf(environment)
          .flatMap(({ environment_variable: variables }) => blocksOf(variables))
          .some((variable) => textArgument(variable, "name") === BUILD_VARIABLES.definition),
      )
      .map((block) => ({ stack: stack.id, region: stack.region, name: textArgument(block, "name") })),
  );
}
