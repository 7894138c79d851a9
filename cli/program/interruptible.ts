import { Interruption } from "@groundwork/tooling/process/interruption";
import type { Io } from "./io";

/**
 * Runs a call that a signal ends early; returns its exit code, or that of the signal.
 *
 * @param message - printed on a signal
 */
export async function interruptible(
  io: Io,
  message: string,
  call: (abort: AbortSignal) => Promise<number>,
): Promise<number> {
  const interruption = Interruption.listen(() => {
    io.err(message);
  });
  try {
    return await call(interruption.signal);
  } catch (error) {
    if (interruption.raised) return interruption.exitCode;
    throw error;
  }
}

/** Rejects at an abort although the call continues: for calls that need no cleanup and cannot be ended. */
export function abortable<T>(abort: AbortSignal, call: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      reject(abort.reason as Error);
    };
    if (abort.aborted) end();
    abort.addEventListener("abort", end, { once: true });
    call.then(resolve, reject).finally(() => {
      abort.removeEventListener("abort", end);
    });
  });
}
