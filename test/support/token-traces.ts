import { suppressTokenTraces } from "@groundwork/constructs/synthesis/token-traces";
import { Lazy } from "cdktf";

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

// The tokens 0 and 1 are texts in every worker, for any order of the files: tests use "${TfToken[TOKEN.1]}" for a value that is
// known only at apply.
for (const produce of [() => "0", () => "1"]) Lazy.stringValue({ produce });
