import type { Rule } from "../core/violation";

/** Result of a Jest matcher. */
export interface MatcherResult {
  /** Whether the expectation is met. */
  readonly pass: boolean;
  /** Text for the test's report. */
  message(): string;
}

/**
 * Matcher of Jest and Vitest: passes if the call is rejected by the rule and, with `message`, if the error matches it.
 *
 * `@groundwork/constructs/testing/jest` adds it to Jest with its types.
 *
 * @example
 * expect.extend({ toViolate });
 * expect(() => new Network(stack, "Network", { cidr: Cidr.parse("8.0.0.0/16") })).toViolate("NET001", /private/);
 */
export function toViolate(act: unknown, rule: Rule | string, message?: RegExp): MatcherResult {
  if (typeof act !== "function") throw new TypeError(`toViolate expects a function that is called, got ${typeof act}`);
  const error = errorOf(act as () => unknown);
  const id = typeof rule === "string" ? rule : rule.id;
  const pass = brokenRules(error).includes(id) && (message?.test(String(error)) ?? true);
  const requirement = typeof rule === "string" ? "" : ` (${rule.requirement})`;
  return {
    pass,
    message: () =>
      `expected ${pass ? "no " : ""}violation of ${id}${requirement}${message ? ` with a message like ${String(message)}` : ""}, got: ${String(error ?? "no error")}`,
  };
}

/** Rule ids in an error: a Violation, Violations, or validation errors of synthesis. */
function brokenRules(error: unknown): readonly string[] {
  return [...String(error).matchAll(/\b([A-Z]{3}\d{3})(?= at |: )/g)].map((match) => match[1] ?? "");
}

function errorOf(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}
