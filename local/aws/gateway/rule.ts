import type { Answer, Call, Forward } from "./call";

/**
 * One thing the emulators get wrong, and how it is put right.
 *
 * A rule stands between client and emulator: it may answer by itself, change what is sent, or change what comes back.
 */
export interface Rule {
  /** What the rule mends, in words for the log. */
  readonly name: string;
  applies(call: Call): boolean;
  answer(call: Call, forward: Forward): Promise<Answer>;
}

/**
 * Sends a call through the rules that want it, in their order, and at last to `forward`.
 *
 * What a rule sends on is asked about anew: a rule may turn one call into others, which later rules may want.
 */
export function through(rules: readonly Rule[], forward: Forward): Forward {
  return (call) => {
    const index = rules.findIndex((rule) => rule.applies(call));
    const rule = rules[index];
    return rule === undefined ? forward(call) : rule.answer(call, through(rules.slice(index + 1), forward));
  };
}
