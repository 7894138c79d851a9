import { detectSecret } from "@groundwork/constructs/boot";
import type { Violation } from "@groundwork/constructs/core";
import { ENV003 } from "../../rules";

/** In data a password may contain any character; in scripts, which `detectSecret` checks, a dollar sign starts a variable. */
const URL_PASSWORD = /:\/\/[^/\s:]+:[^@/\s]+@/;

/** Keys whose values are secrets. Keys that name a secret (`passwordParameter`) do not match, because of their suffix. */
const SECRET_KEY = /(password|passwd|secret|token|private_?key|credentials?)$/i;

/** A violation for every value that looks like a secret. The messages do not contain the value. */
export function secretViolations(file: string, data: unknown, path: readonly string[] = []): Violation[] {
  if (typeof data === "object" && data !== null)
    return Object.entries(data).flatMap(([key, value]) => secretViolations(file, value, [...path, key]));
  if (typeof data !== "string") return [];
  const kind = detectSecret(data) ?? secretInUrl(data) ?? secretByKey(path.at(-1) ?? "", data);
  if (kind === undefined) return [];
  return [
    ENV003.violation({
      at: `${file}: ${path.join(".")}`,
      given: `the value looks like ${kind}`,
      fix: "remove it, rotate it, and specify the SSM parameter that contains it instead",
    }),
  ];
}

function secretInUrl(value: string): string | undefined {
  return URL_PASSWORD.test(value) ? "a password in a URL" : undefined;
}

function secretByKey(key: string, value: string): string | undefined {
  // A reference contains the source of a secret, not its value.
  const reference = /^\$\{[\w.-]+\}$/.test(value);
  return SECRET_KEY.test(key) && value !== "" && !reference ? "a secret, by its key" : undefined;
}
