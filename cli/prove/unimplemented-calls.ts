import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A line of the gateway's log: `501 lambda CreateFunction 12 ms`. */
const LINE = /^(5\d\d) (\S+) (.+) \d+ ms$/gm;

/** Length of the log of a local cloud, which continues when the cloud is emptied. */
export function logLength(directory: string): number {
  return logOf(directory).length;
}

/**
 * Calls that failed within the local cloud, for a failed apply: probably it does not implement them, and the stack is not the cause.
 *
 * @param directory - of the local cloud
 * @param from - length of the log before the apply
 */
export function unimplementedCalls(directory: string, from = 0): readonly string[] {
  const calls = [...logOf(directory).slice(from).matchAll(LINE)].map(
    ([, status = "", service = "", call = ""]) => `${service} ${call} returned ${status}`,
  );
  return calls.length === 0 ? [] : [`the local cloud may not implement: ${[...new Set(calls)].join("; ")}`];
}

function logOf(directory: string): string {
  const file = join(directory, "gateway.log");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
