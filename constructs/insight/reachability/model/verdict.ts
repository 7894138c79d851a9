import type { Hop, HopVerdict } from "./hop";

/** Whether all traffic passes, none, or some (`partly`); `unknown` where the tree does not determine it. */
export type Verdict = HopVerdict | "partly";

/** The verdict after all hops: a hop that blocks takes precedence over an unknown one. */
export function verdictOf(hops: readonly Hop[]): HopVerdict {
  const verdicts = hops.map(({ verdict }) => verdict);
  if (verdicts.includes("blocked")) return "blocked";
  return verdicts.includes("unknown") ? "unknown" : "passes";
}

/** The verdict on the union of several parts of the traffic. */
export function combinedVerdict(verdicts: readonly Verdict[]): Verdict {
  const [first = "blocked", ...others] = new Set(verdicts);
  if (others.length === 0) return first;
  const some = verdicts.includes("passes") || verdicts.includes("partly");
  return some && (verdicts.includes("blocked") || verdicts.includes("partly")) ? "partly" : "unknown";
}

/** The best of several alternative paths of the same traffic. */
export function bestOf<T extends { readonly verdict: Verdict }>(alternatives: readonly T[]): T | undefined {
  const order: readonly Verdict[] = ["passes", "partly", "unknown", "blocked"];
  return [...alternatives].sort((left, right) => order.indexOf(left.verdict) - order.indexOf(right.verdict))[0];
}
