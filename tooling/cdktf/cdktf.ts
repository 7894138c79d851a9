import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../paths";
import { know } from "../process/background";
import { byLine } from "../process/run";
import { endGently } from "../terraform/graceful-shutdown";
import type { Changes, ResourceEvent } from "./progress";
import { Progress } from "./progress";

/** A run of the ordinary CDKTF command line. */
export interface CdktfProps {
  readonly verb: "deploy" | "destroy";
  /** Names of stacks or patterns such as `local-*`. */
  readonly stacks: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Where the app is synthesized to. */
  readonly output: string;
  /** Receives everything cdktf says. */
  readonly logFile: string;
  readonly onEvent: (event: ResourceEvent) => void;
  /** Ends the run in order: Terraform finishes what is in flight. */
  readonly abort?: AbortSignal;
}

/**
 * Runs `cdktf deploy` or `cdktf destroy` as a user would and reports what happens.
 *
 * Stacks go one after another: each takes more than a gigabyte of memory, and providers are downloaded into one cache.
 */
export async function cdktf({
  verb,
  stacks,
  env,
  output,
  logFile,
  onEvent,
  abort,
}: CdktfProps): Promise<ReadonlyMap<string, Changes>> {
  abort?.throwIfAborted();
  mkdirSync(dirname(logFile), { recursive: true });
  writeFileSync(logFile, "");
  const progress = new Progress(onEvent);
  const lastLines: string[] = [];

  const program = join(ROOT, "node_modules/.bin/cdktf");
  const flags = ["--auto-approve", "--skip-provider-lock", "--no-color", "--parallelism", "1", "--output", output];
  // CI makes cdktf write lines instead of painting a screen; a session of its own keeps the terminal's Ctrl-C from it.
  const child = spawn(program, [verb, ...stacks, ...flags], {
    cwd: ROOT,
    env: { ...env, CI: "1" },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const known = child.pid === undefined ? undefined : know(child.pid);
  const read = (line: string) => {
    appendFileSync(logFile, `${line}\n`);
    lastLines.push(line);
    if (lastLines.length > 40) lastLines.shift();
    progress.read(line);
  };
  child.stdout.on("data", byLine(read));
  child.stderr.on("data", byLine(read));

  const end = () => void (known === undefined ? undefined : endGently(known));
  abort?.addEventListener("abort", end, { once: true });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  abort?.removeEventListener("abort", end);
  abort?.throwIfAborted();
  if (code !== 0)
    throw new Error(`cdktf ${verb} ended with ${String(code)}; all of it is in ${logFile}:\n${lastLines.join("\n")}`);
  return progress.changes;
}
