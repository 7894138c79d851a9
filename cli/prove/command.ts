import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Colours } from "../program/colours";
import { interruptible } from "../program/interruptible";
import { type Io, logOf, printJson } from "../program/io";
import { junitReport } from "./report/junit";
import { textReport } from "./report/text";
import { Run, type RunOptions } from "./run";

/** Options of `groundwork prove`. */
export interface ProveOptions extends RunOptions {
  readonly json?: boolean;
  /** File for a JUnit report. */
  readonly junit?: string;
}

/** Runs `groundwork prove`. Returns the exit code. */
export function proveCommand(patterns: readonly string[], options: ProveOptions, io: Io): Promise<number> {
  return interruptible(io, "interrupted; stopping Terraform and the local cloud", async (abort) => {
    const results = await new Run(patterns, options, logOf(io, options), abort).results();
    if (options.junit !== undefined) writeReport(resolve(options.junit), junitReport(results));
    if (options.json === true) printJson(io, { stacks: results });
    else for (const line of ["", ...textReport(results, new Colours(process.stdout))]) io.out(line);
    return results.every(({ isProven }) => isProven) ? 0 : 1;
  });
}

function writeReport(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
