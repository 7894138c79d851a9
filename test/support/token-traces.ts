import { suppressTokenTraces } from "@groundwork/constructs/synthesis/token-traces";

const worker = globalThis as { recordTokenTraces?: (() => void) | undefined };

/** Disables CDKTF's stack trace for every token, which no test reads and which takes a third of the time. */
export function disableTokenTraces(): void {
  worker.recordTokenTraces ??= suppressTokenTraces();
}

/** Enables them again. */
export function recordTokenTraces(): void {
  worker.recordTokenTraces?.();
  worker.recordTokenTraces = undefined;
}

disableTokenTraces();
