import { resolve } from "node:path";
import { type SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import type { Command } from "commander";
import { synthesize } from "../synth/synthesize";
import { type Project, readProject } from "./project";

/** Options of every command that reads the synthesized stacks. */
export interface OutputOptions {
  readonly output?: string;
  readonly synth: boolean;
}

/** Adds the options of {@link OutputOptions}. */
export function withOutputOptions(command: Command): Command {
  return command
    .option(
      "--output <directory>",
      "directory of the synthesized stacks (default: the one in cdktf.json, or cdktf.out)",
    )
    .option("--no-synth", "use the stacks of the last synthesis");
}

/** Adds the options of a command for several stacks: {@link withOutputOptions}, and the environment of the stacks. */
export function withStackOptions(command: Command): Command {
  return withOutputOptions(command).option(
    "--environment <name>",
    "only stacks whose ids start with this name and a hyphen",
  );
}

/** The project of the working directory, with another output directory on request. */
export function projectWith({ output }: Pick<OutputOptions, "output">): Project {
  const project = readProject();
  return output === undefined ? project : { ...project, output: resolve(output) };
}

/** The stacks of the project; synthesizes them first unless the options exclude it. */
export async function projectStacks(
  options: OutputOptions,
  log: (line: string) => void,
  abort: AbortSignal,
): Promise<{ readonly project: Project; readonly stacks: readonly SynthesizedStack[] }> {
  const project = projectWith(options);
  const stacks = options.synth ? await synthesize({ project, log, abort }) : synthesizedStacks(project.output);
  return { project, stacks };
}
