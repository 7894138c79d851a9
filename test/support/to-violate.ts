import type { Rule } from "@groundwork/constructs/core/violation";

/** Rule ids in an error: a Violation, Violations, or CDKTF's validation errors. */
function brokenRules(error: unknown): readonly string[] {
  return [...String(error).matchAll(/\b([A-Z]{3}\d{3})(?= at |: )/g)].map((match) => match[1] ?? "");
}

function outcome(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

expect.extend({
  toViolate(act: () => unknown, rule: Rule, message?: RegExp) {
    const error = outcome(act);
    const pass = brokenRules(error).includes(rule.id) && (message?.test(String(error)) ?? true);
    return {
      pass,
      message: () =>
        `expected ${pass ? "no " : ""}violation of ${rule.id} (${rule.requirement})${message ? ` with a message like ${String(message)}` : ""}, got: ${String(error ?? "no error")}`,
    };
  },
});

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- required to extend Jest's types
  namespace jest {
    interface Matchers<R> {
      /** Passes if the call is rejected by the rule and, with `message`, if the error matches it. */
      toViolate(rule: Rule, message?: RegExp): R;
    }
  }
}
