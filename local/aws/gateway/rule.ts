import type { GatewayResponse, Call, Forward } from "./call";

/**
 * Corrects one error of the emulators.
 *
 * A rule is between client and emulator: it may respond itself, change the request, or change the response.
 */
export interface Rule {
  /** Subject of the correction, for the log. */
  readonly name: string;
  applies(call: Call): boolean;
  handle(call: Call, forward: Forward): Promise<GatewayResponse>;
}

/**
 * Passes a call through the rules that apply to it, in order, and finally to `forward`.
 *
 * Later rules are checked again for each call that a rule forwards, since it may be a different call.
 */
export function through(rules: readonly Rule[], forward: Forward): Forward {
  return (call) => {
    const index = rules.findIndex((rule) => rule.applies(call));
    const rule = rules[index];
    return rule === undefined ? forward(call) : rule.handle(call, through(rules.slice(index + 1), forward));
  };
}
