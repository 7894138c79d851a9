import type { Rule } from "@groundwork/constructs/core/violation";

/** The rule ids that an error names: from a Violation, from Violations, or from CDKTF's collected validation errors. */
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
  toViolate(act: () => unknown, rule: Rule, words?: RegExp) {
    const error = outcome(act);
    const pass = brokenRules(error).includes(rule.id) && (words?.test(String(error)) ?? true);
    return {
      pass,
      message: () =>
        `expected ${pass ? "no " : ""}violation of ${rule.id} (${rule.requirement})${words ? ` in the words ${String(words)}` : ""}, got: ${String(error ?? "no error")}`,
    };
  },
});

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the way Jest's types are extended
  namespace jest {
    interface Matchers<R> {
      /** Passes when the call is refused by the rule; with `words`, when the message also says them. */
      toViolate(rule: Rule, words?: RegExp): R;
    }
  }
}
