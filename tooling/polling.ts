import { setTimeout as sleep } from "node:timers/promises";

/**
 * Polls a condition until it is true; returns false if it is not true before the timeout. The first check is immediate. An aborted
 * signal ends the wait with its error.
 */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  intervalMs = 50,
  abort?: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) return false;
    await sleep(intervalMs, undefined, { signal: abort });
  }
  return true;
}
