import type { ProcessIdentity } from "@groundwork/tooling/process/background";

/** How one process of the local cloud is started, checked and reset. */
export interface Emulator {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment of the starting process. */
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  /** Path that returns 200 once the emulator is ready. */
  readonly healthPath: string;
  /** A POST to this path deletes all data. */
  readonly resetPath: string;
}

/** A started process of the local cloud. */
export interface RunningEmulator {
  readonly name: string;
  readonly port: number;
  readonly process: ProcessIdentity;
  readonly healthPath: string;
  readonly resetPath: string;
}

/** Whether an emulator is ready. */
export async function isHealthy({ port, healthPath }: Pick<RunningEmulator, "port" | "healthPath">): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}${healthPath}`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** Deletes all data of an emulator. */
export async function resetEmulator({ name, port, resetPath }: RunningEmulator): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}${resetPath}`, {
    method: "POST",
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`${name} could not be reset: ${response.status}`);
}
