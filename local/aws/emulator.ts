import type { KnownProcess } from "@groundwork/tooling/process/background";

/** How one part of the local cloud is started, asked whether it is ready, and emptied. */
export interface Emulator {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Laid over the environment of whoever starts it. */
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  /** Path that answers 200 as soon as the emulator is ready. */
  readonly healthPath: string;
  /** Path that forgets everything when it is posted to. */
  readonly resetPath: string;
}

/** A part of the local cloud that has been started. */
export interface RunningEmulator {
  readonly name: string;
  readonly port: number;
  readonly process: KnownProcess;
  readonly healthPath: string;
  readonly resetPath: string;
}

/** Whether an emulator answers. */
export async function isHealthy({ port, healthPath }: Pick<RunningEmulator, "port" | "healthPath">): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}${healthPath}`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** Makes an emulator forget everything. */
export async function empty({ name, port, resetPath }: RunningEmulator): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}${resetPath}`, {
    method: "POST",
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(`${name} could not be reset: ${answer.status}`);
}
