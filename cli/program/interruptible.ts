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
