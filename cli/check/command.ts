import { interruptible } from "../program/interruptible";
import { type Io, printJson } from "../program/io";
import { readProject } from "../project/project";
import { checkProject } from "./environment-checker";
import { missingPrerequisites } from "./prerequisites";
import { isImage, tableLines } from "./row";

/** Options of `groundwork check`. */
export interface CheckOptions {
  readonly json?: boolean;
}

/** Runs `groundwork check`: prints every mistake of the environments in one table. Returns the exit code. */
export function checkCommand(environment: string | undefined, options: CheckOptions, io: Io): Promise<number> {
  return interruptible(io, "interrupted", async (abort) => {
    const { environments, rows } = await checkProject(readProject(), abort);
    if (environment !== undefined && !environments.includes(environment))
      throw new Error(`no environment "${environment}"; known: ${environments.join(", ")}`);
    const ofEnvironment = `stacks/environments/${environment ?? ""}.ts`;
    const isOther = (file: string) => environments.some((name) => file === `stacks/environments/${name}.ts`);
    const selected = rows.filter(({ file }) => environment === undefined || file === ofEnvironment || !isOther(file));
    const prerequisites = missingPrerequisites();
    if (options.json === true) printJson(io, { rows: selected, prerequisites });
    else io.out([...tableLines(selected), ...prerequisites.map((sentence) => `missing: ${sentence}`)]);
    return prerequisites.length > 0 || !selected.every(isImage) ? 1 : 0;
  });
}

/** The mistakes because of which the stacks of a project cannot be synthesized, as lines; none when another error is the cause. */
export async function mistakeLines(directory: string): Promise<readonly string[]> {
  const { rows } = await checkProject(readProject(directory), new AbortController().signal);
  const mistakes = rows.filter(({ isNotice }) => !isNotice);
  return mistakes.length === 0 ? [] : tableLines(mistakes);
}
