import { secretLook } from "@groundwork/constructs/boot/secret-look";
import type { Violation } from "@groundwork/constructs/core/violation";
import { ENV003 } from "../rules";

/** In data a password may hold any sign; in a script, which is looked at elsewhere, a dollar begins a variable. */
const URL_PASSWORD = /:\/\/[^/\s:]+:[^@/\s]+@/;

/** Keys whose values are secrets by their name. Names of secrets (`passwordParameter`) are fine: they end otherwise. */
const SECRET_KEY = /(password|passwd|secret|token|private_?key|credentials?)$/i;

/** Everything in a file that looks like a secret. The value itself is never repeated. */
export function secretViolations(file: string, data: unknown, path: readonly string[] = []): Violation[] {
  if (typeof data === "object" && data !== null)
    return Object.entries(data).flatMap(([key, value]) => secretViolations(file, value, [...path, key]));
  if (typeof data !== "string") return [];
  const look = secretLook(data) ?? lookOfUrl(data) ?? lookByKey(path.at(-1) ?? "", data);
  if (look === undefined) return [];
  return [
    ENV003.violation({
      at: `${file}: ${path.join(".")}`,
      given: `the value looks like ${look}`,
      fix: "take it out, change it where it is valid, and name the SSM parameter that holds it instead",
    }),
  ];
}

function lookOfUrl(value: string): string | undefined {
  return URL_PASSWORD.test(value) ? "a password in a URL" : undefined;
}

function lookByKey(key: string, value: string): string | undefined {
  // A reference says where a secret comes from, not what it is.
  const reference = /^\$\{[\w.-]+\}$/.test(value);
  return SECRET_KEY.test(key) && value !== "" && !reference ? "a secret, by its key" : undefined;
}
