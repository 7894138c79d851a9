import type { Violation } from "@groundwork/constructs/core/violation";
import { ENV003 } from "../rules";

/** Values that are secrets by their look. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, "an AWS access key id"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\b(ghp|gho|ghs|ghr)_\w{36}\b|\bglpat-[\w-]{20}/, "an access token"],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/, "a signed token"],
  [/^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[A-Za-z0-9/+]{40}$/, "an AWS secret access key"],
  [/:\/\/[^/\s:]+:[^@/\s]+@/, "a password in a URL"],
];

/** Keys whose values are secrets by their name. Names of secrets (`passwordParameter`) are fine: they end otherwise. */
const SECRET_KEY = /(password|passwd|secret|token|private_?key|credentials?)$/i;

/** Everything in a file that looks like a secret. The value itself is never repeated. */
export function secretViolations(file: string, data: unknown, path: readonly string[] = []): Violation[] {
  if (typeof data === "object" && data !== null)
    return Object.entries(data).flatMap(([key, value]) => secretViolations(file, value, [...path, key]));
  if (typeof data !== "string") return [];
  const look = LOOKS.find(([pattern]) => pattern.test(data))?.[1] ?? lookByKey(path.at(-1) ?? "", data);
  if (look === undefined) return [];
  return [
    ENV003.violation({
      at: `${file}: ${path.join(".")}`,
      given: `the value looks like ${look}`,
      fix: "take it out, change it where it is valid, and name the SSM parameter that holds it instead",
    }),
  ];
}

function lookByKey(key: string, value: string): string | undefined {
  // A reference says where a secret comes from, not what it is.
  const reference = /^\$\{[\w.-]+\}$/.test(value);
  return SECRET_KEY.test(key) && value !== "" && !reference ? "a secret, by its key" : undefined;
}
