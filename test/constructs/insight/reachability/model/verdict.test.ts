import { Hop } from "@groundwork/constructs/insight/reachability/model/hop";
import type { Verdict } from "@groundwork/constructs/insight/reachability/model/verdict";
import { bestOf, together, verdictOf } from "@groundwork/constructs/insight/reachability/model/verdict";

describe("a verdict", () => {
  test("on one way is that a hop blocks, or else that nobody knows, or else that all let through", () => {
    const [passes, unknown, blocked] = [Hop.passes("a"), Hop.unknown("b"), Hop.blocked("c")];
    expect(verdictOf([passes, unknown, blocked])).toBe("blocked");
    expect(verdictOf([passes, unknown])).toBe("unknown");
    expect(verdictOf([passes, passes.ofAnswer])).toBe("passes");
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
  ])("on %j together is %s, whatever the order", (verdicts, whole) => {
    expect([together(verdicts), together([...verdicts].reverse())]).toEqual([whole, whole]);
  });

  test("on several ways is the best of them", () => {
    const ways = (["blocked", "unknown", "partly", "passes"] as const).map((verdict) => ({ verdict }));
    expect([ways, ways.slice(0, 3), ways.slice(0, 2)].map((some) => bestOf(some)?.verdict)).toEqual([
      "passes",
      "partly",
      "unknown",
    ]);
  });
});
