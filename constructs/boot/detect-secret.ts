import { memoized } from "./memoized";

/** Patterns of secrets with a description of each. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, "an AWS access key id"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\bgl(pat|rt|dt|cbt|ptt|ft|soat|agent|imt)-[\w.-]{20,}/, "a GitLab token"],
  [/\bGR1348941[\w-]{20,}/, "a GitLab registration token"],
  [/\b(ghp|gho|ghs|ghr)_\w{36}\b/, "a GitHub token"],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/, "a signed token"],
  [
    /(?<![\w/+-])(?=[A-Za-z0-9/+]{0,39}[A-Z])(?=[A-Za-z0-9/+]{0,39}[a-z])(?=[A-Za-z0-9/+]{0,39}\d)(?![0-9a-f]{40})[A-Za-z0-9/+]{40}(?![\w/+=-])/,
    "an AWS secret access key",
  ],
  [/:\/\/[^/\s:$'"]+:[^@/\s$'"]+@/, "a password in a URL"],
  [
    /(?:password|passwd|secret|token)["'\]]*\s*(?:=>|=|:)\s*["'](?![$<{])[^"'\s]{6,}["']/i,
    "a literal password or token",
  ],
];

/**
 * Description of the first secret in a text, or undefined. The secret itself is never part of the result.
 *
 * User data, pipelines and configuration files are readable by everyone who can describe a machine or clone a repository.
 *
 * @example detectSecret("curl -H 'PRIVATE-TOKEN: ...'")
 */
export function detectSecret(text: string): string | undefined {
  return descriptionOf(text);
}

const descriptionOf = memoized((text) => PATTERNS.find(([pattern]) => pattern.test(text))?.[1]);
