import { Hop } from "@groundwork/constructs/insight/reachability/model/hop";
import {
  type Verdict,
  bestOf,
  combinedVerdict,
  verdictOf,
} from "@groundwork/constructs/insight/reachability/model/verdict";

describe("a verdict", () => {
  test("of a path is blocked if a hop blocks, otherwise unknown if a hop is unknown", () => {
    const [passes, unknown, blocked] = [Hop.passes("a"), Hop.unknown("b"), Hop.blocked("c")];
    expect(verdictOf([passes, unknown, blocked])).toBe("blocked");
    expect(verdictOf([passes, unknown])).toBe("unknown");
    expect(verdictOf([passes, passes.asReply])).toBe("passes");
  });

  test.each<[readonly Verdict[], Verdict]>([
    [["passes", "passes"], "passes"],
    [["blocked", "blocked"], "blocked"],
    [["passes", "blocked"], "partly"],
    [["passes", "partly"], "partly"],
    [["partly", "blocked"], "partly"],
    [["partly", "unknown"], "partly"],
    [["passes", "unknown"], "unknown"],
    [["blocked", "unknown"], "unknown"],
    [["passes", "blocked", "unknown"], "partly"],
  ])("of the union of %j is %s, independent of the order", (verdicts, whole) => {
    expect([combinedVerdict(verdicts), combinedVerdict([...verdicts].reverse())]).toEqual([whole, whole]);
  });

  test("of alternative paths is the best of them", () => {
    const alternatives = (["blocked", "unknown", "partly", "passes"] as const).map((verdict) => ({ verdict }));
    expect(
      [alternatives, alternatives.slice(0, 3), alternatives.slice(0, 2)].map((some) => bestOf(some)?.verdict),
    ).toEqual(["passes", "partly", "unknown"]);
  });
});
