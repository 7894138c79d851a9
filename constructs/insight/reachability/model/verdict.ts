import type { Hop, HopVerdict } from "./hop";

/** What becomes of traffic: all of it passes, none of it, some of it, or the tree does not tell. */
export type Verdict = HopVerdict | "partly";

/** What becomes of packets after all their hops: one that blocks outweighs one that nobody knows. */
export function verdictOf(hops: readonly Hop[]): HopVerdict {
  const verdicts = hops.map(({ verdict }) => verdict);
  if (verdicts.includes("blocked")) return "blocked";
  return verdicts.includes("unknown") ? "unknown" : "passes";
}

/** What becomes of several kinds of traffic that were all asked about. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const [first = "blocked", ...others] = new Set(verdicts);
  if (others.length === 0) return first;
  const some = verdicts.includes("passes") || verdicts.includes("partly");
  return some && (verdicts.includes("blocked") || verdicts.includes("partly")) ? "partly" : "unknown";
}

/** What becomes of traffic that has several ways to take: the best of them. */
export function bestOf<T extends { readonly verdict: Verdict }>(ways: readonly T[]): T | undefined {
  const order: readonly Verdict[] = ["passes", "partly", "unknown", "blocked"];
  return [...ways].sort((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict))[0];
}
