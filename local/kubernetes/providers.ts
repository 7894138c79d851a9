import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning, type ProcessIdentity, startRecorded, stop } from "@groundwork/tooling/process/background";
import { waitUntil } from "@groundwork/tooling/polling";
import { minimalEnvironment } from "../minimal-environment";
import { stopPrograms } from "./programs/program-processes";
import { RealPrograms } from "./programs/real-programs";

/** The process of the stand-in providers of a cluster. */
export interface ProvidersProcess {
  readonly process: ProcessIdentity;
  /** Value of `TF_REATTACH_PROVIDERS`, which connects Terraform and OpenTofu to the stand-in. */
  readonly reattach: string;
}

/** Settings of the providers. */
export interface ProvidersProps {
  /** Endpoint of an emulated AWS. @default - none, and no controllers */
  readonly endpoint?: string | undefined;
  /** Programs that replace stand-ins. @default - those of `GROUNDWORK_PROGRAMS` */
  readonly programs?: RealPrograms;
  /** Ends the start. @default - nothing ends it early */
  readonly abort?: AbortSignal | undefined;
}

/**
 * Starts the stand-in providers of a cluster's directory, or returns the ones that already run. With the endpoint of an emulated AWS
 * the same process contains the stand-ins for the controllers of the cluster.
 */
export async function startProviders(
  directory: string,
  { endpoint, programs = RealPrograms.from(), abort }: ProvidersProps = {},
): Promise<ProvidersProcess> {
  const running = providersAt(directory);
  if (running !== undefined) return running;
  await stopProviders(directory);
  const logFile = join(directory, "providers.log");
  const controllers = endpoint === undefined ? [] : [endpoint, programs.directory].filter((one) => one !== undefined);
  const args = [join(__dirname, "provider/main.js"), directory, ...controllers];
  const identity = await startRecorded(
    { command: process.execPath, args, env: minimalEnvironment(directory), logFile },
    (started) => {
      writeFileSync(`${recordFile(directory)}.new`, JSON.stringify(started));
      renameSync(`${recordFile(directory)}.new`, recordFile(directory));
    },
  );
  await waitUntil(() => existsSync(reattachFile(directory)) || !isRunning(identity), 60_000, 50, abort);
  const started = providersAt(directory);
  if (started === undefined)
    throw new Error(
      `the providers did not start:\n${readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-10).join("\n")}`,
    );
  return started;
}

/** The providers of a directory; `undefined` if they do not run. */
export function providersAt(directory: string): ProvidersProcess | undefined {
  try {
    const identity = JSON.parse(readFileSync(recordFile(directory), "utf8")) as ProcessIdentity;
    if (!isRunning(identity)) return undefined;
    return { process: identity, reattach: readFileSync(reattachFile(directory), "utf8") };
  } catch {
    return undefined;
  }
}

/** Stops the providers of a directory, and the programs that replace stand-ins. */
export async function stopProviders(directory: string): Promise<void> {
  try {
    await stop(JSON.parse(readFileSync(recordFile(directory), "utf8")) as ProcessIdentity);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  // After the process that would start them again.
  await stopPrograms(directory);
  for (const file of [recordFile(directory), reattachFile(directory)]) rmSync(file, { force: true });
}

function recordFile(directory: string): string {
  return join(directory, "providers.json");
}

function reattachFile(directory: string): string {
  return join(directory, "reattach.json");
}
