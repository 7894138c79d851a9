import { join, resolve } from "node:path";
import { ensurePython } from "@groundwork/tooling/python";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { interruptible } from "../program/interruptible";
import { type Io, logOf, printJson } from "../program/io";
import { selectStacks } from "../project/stack-selection";
import { type OutputOptions, projectStacks } from "../project/synthesized-project";
import { readAccepted } from "./accepted";
import { ofScanned } from "./findings";
import { scan, scanReport } from "./scan";

/** File of a project's accepted findings. */
const ACCEPTED_FILE = "scan-accepted.yml";

/** Options of `groundwork scan`. */
export interface ScanOptions extends OutputOptions {
  readonly environment?: string;
  readonly accepted?: string;
  readonly json?: boolean;
}

/** Runs `groundwork scan`: fails on findings without a reason, and on reasons without a finding. Returns the exit code. */
export function scanCommand(patterns: readonly string[], options: ScanOptions, io: Io): Promise<number> {
  const { environment, json = false } = options;
  const log = logOf(io, options);
  return interruptible(io, "interrupted", async (abort) => {
    await ensurePython(log, abort);
    const { project, stacks } = await projectStacks(options, log, abort);
    const file = options.accepted === undefined ? join(project.directory, ACCEPTED_FILE) : resolve(options.accepted);
    const accepted = readAccepted(file, options.accepted !== undefined);
    const selected = selectStacks(stacks, { patterns, environment });
    const result = ofScanned(await scan(selected, accepted, abort), idsOf(stacks), idsOf(selected));
    if (json) printJson(io, result);
    else io.out(scanReport(result));
    return result.open.length + result.unused.length > 0 ? 1 : 0;
  });
}

function idsOf(stacks: readonly SynthesizedStack[]): readonly string[] {
  return stacks.map(({ id }) => id);
}
