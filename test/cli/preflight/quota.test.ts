import { exceededQuotas } from "@groundwork/cli/preflight/quota";
import fc from "fast-check";

const fix = (sufficient: number) => `raise to ${sufficient}`;

describe("a quota", () => {
  test("is exceeded exactly when use and need are above a limit that is not negative, and something is needed", () => {
    const number = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(number, number, fc.integer({ min: -1, max: 60 }), (needed, used, limit) => {
        const problems = exceededQuotas([{ label: "machines", needed, quota: { limit, used }, fix }]);
        expect(problems.length === 1).toBe(limit >= 0 && needed > 0 && used + needed > limit);
        // The quota of the fix suffices.
        const [, sufficient = ""] = /raise to (\d+)/.exec(problems[0]?.fix ?? "") ?? [];
        if (problems.length > 0)
          expect(
            exceededQuotas([{ label: "machines", needed, quota: { limit: Number(sufficient), used }, fix }]),
          ).toEqual([]);
      }),
    );
  });

  test("that the cloud does not have is never exceeded", () => {
    expect(exceededQuotas([{ label: "machines", needed: 5, quota: undefined, fix }])).toEqual([]);
  });

  test("states what is needed, what is in use, and the fix", () => {
    expect(exceededQuotas([{ label: "vCPUs", needed: 9, quota: { limit: 20, used: 12 }, fix }])).toEqual([
      { needed: "9 vCPUs", available: "the quota is 20, 12 of it in use", fix: "raise to 21" },
    ]);
  });
});
