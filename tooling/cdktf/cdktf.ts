import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { projectDirectory } from "../paths";
import { identifyProcess } from "../process/background";
import { codeOf, lineReader } from "../process/run";
import { shutDownGracefully } from "../terraform/graceful-shutdown";
import { type Changes, Progress, type ResourceEvent } from "./progress";

/** A run of the CDKTF command line. */
export interface CdktfProps {
  readonly verb: "deploy" | "destroy";
  /** Names of stacks or patterns such as `local-*`. */
  readonly stacks: readonly string[];
  /** The complete environment; nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
  /** Directory of the app, which is synthesized already. */
  readonly output: string;
  /** Whether other stacks, which these stacks need, are deployed already. cdktf then ignores the order of these stacks. @default false */
  readonly isContinued?: boolean;
  /** Receives all output of cdktf. */
  readonly logFile: string;
  readonly onEvent: (event: ResourceEvent) => void;
  /** Receives the changes of each stack when it is finished. @default - not reported */
  readonly onStack?: (stack: string, changes: Changes) => void;
  /** Shuts the run down gracefully: Terraform finishes the calls in flight. */
  readonly abort?: AbortSignal;
}

/**
 * Number of stacks that are processed at the same time, if none of them needs another. They mostly wait for the clouds, and each takes
 * up to a gigabyte of memory.
 */
const PARALLELISM = 4;

/** Lines of output that an error repeats. */
const LAST_LINES = 40;

/** Runs `cdktf deploy` or `cdktf destroy` as a user would and reports resource events. */
export async function cdktf(props: CdktfProps): Promise<ReadonlyMap<string, Changes>> {
  const { verb, stacks, env, output, logFile, onEvent, abort } = props;
  abort?.throwIfAborted();
  mkdirSync(dirname(logFile), { recursive: true });
  writeFileSync(logFile, "");
  const progress = new Progress(onEvent, props.onStack);
  const lastLines: string[] = [];
  const read = lineReader((line) => {
    appendFileSync(logFile, `${line}\n`);
    lastLines.push(line);
    if (lastLines.length > LAST_LINES) lastLines.shift();
    progress.read(line);
  });

  const project = projectDirectory();
  const program = join(project, "node_modules/.bin/cdktf");
  const parallelism = ["--parallelism", String(PARALLELISM)];
  const continued = props.isContinued === true ? ["--ignore-missing-stack-dependencies"] : [];
  const flags = [
    ...["--auto-approve", "--skip-synth", "--skip-provider-lock", "--no-color", ...continued, ...parallelism],
    ...["--output", output],
  ];
  // With CI set, cdktf prints lines instead of drawing a screen. A process group of its own shields it from the terminal's Ctrl-C.
  const child = execa(program, [verb, ...stacks, ...flags], {
    cwd: project,
    env: { ...env, CI: "1" },
    extendEnv: false,
    detached: true,
    stdin: "ignore",
    stdout: read,
    stderr: read,
    buffer: false,
    reject: false,
  });
  const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
  const end = () => void (identity === undefined ? undefined : shutDownGracefully(identity));
  abort?.addEventListener("abort", end, { once: true });
  const code = codeOf(await child);
  abort?.removeEventListener("abort", end);
  abort?.throwIfAborted();
  if (code !== 0)
    throw new Error(`cdktf ${verb} ended with ${String(code)}; full output in ${logFile}:\n${lastLines.join("\n")}`);
  return progress.changes;
}
