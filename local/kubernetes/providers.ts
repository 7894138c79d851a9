import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KnownProcess } from "@groundwork/tooling/process/background";
import { isRunning, startInBackground, stop, until } from "@groundwork/tooling/process/background";

/** The stand-in of a cluster's directory as a process. */
export interface ProvidersProcess {
  readonly process: KnownProcess;
  /** Value of `TF_REATTACH_PROVIDERS`: sends Terraform and OpenTofu to the stand-in. */
  readonly reattach: string;
}

/** Starts the providers that write to the cluster of a directory, or answers those that run. */
export async function startProviders(directory: string): Promise<ProvidersProcess> {
  const standing = providersAt(directory);
  if (standing !== undefined) return standing;
  await stopProviders(directory);
  const logFile = join(directory, "providers.log");
  const process_ = await startInBackground({
    command: process.execPath,
    args: [join(__dirname, "provider/main.js"), directory],
    env: process.env,
    logFile,
  });
  writeFileSync(`${recordFile(directory)}.new`, JSON.stringify(process_));
  renameSync(`${recordFile(directory)}.new`, recordFile(directory));
  await until(() => existsSync(reattachFile(directory)) || !isRunning(process_), 60_000);
  const started = providersAt(directory);
  if (started === undefined)
    throw new Error(
      `the providers did not start:\n${readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-10).join("\n")}`,
    );
  return started;
}

/** The providers of a directory; nothing when they do not run. */
export function providersAt(directory: string): ProvidersProcess | undefined {
  try {
    const process_ = JSON.parse(readFileSync(recordFile(directory), "utf8")) as KnownProcess;
    if (!isRunning(process_)) return undefined;
    return { process: process_, reattach: readFileSync(reattachFile(directory), "utf8") };
  } catch {
    return undefined;
  }
}

/** Stops the providers of a directory. */
export async function stopProviders(directory: string): Promise<void> {
  try {
    await stop(JSON.parse(readFileSync(recordFile(directory), "utf8")) as KnownProcess);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  for (const file of [recordFile(directory), reattachFile(directory)]) rmSync(file, { force: true });
}

function recordFile(directory: string): string {
  return join(directory, "providers.json");
}

function reattachFile(directory: string): string {
  return join(directory, "reattach.json");
}
