import { anyCheck, runChecks } from "@groundwork/cli/preflight/check";
import { nearest } from "@groundwork/cli/preflight/nearest";
import { report } from "@groundwork/cli/preflight/report";
import { planOf } from "./support";

const problem = { needed: "a", available: "no a", fix: "buy one" };
const check = (name: string, supply: () => Promise<unknown>, problems = [problem]) =>
  anyCheck({ name, needs: () => true, supply, compare: () => problems });

describe("checks", () => {
  test("are all made; a failure is reported as not checked, never as passed", async () => {
    const checks = [
      check("one", () => Promise.reject(new Error("HTTP 403"))),
      check("two", () => Promise.resolve({})),
      check("three", () => Promise.resolve({}), []),
      anyCheck({ name: "four", needs: () => undefined, supply: () => Promise.reject(new Error()), compare: () => [] }),
    ];
    const results = await runChecks(checks, planOf({}), {}, (error) => (error as Error).message);
    expect(results).toEqual({
      problems: [{ check: "two", ...problem }],
      notChecked: [{ check: "one", reason: "HTTP 403" }],
      passed: ["three"],
    });
    expect(report([{ cloud: "RegionOne", stacks: ["lab-a", "lab-b"], ...results }])).toEqual([
      "lab-a, lab-b on RegionOne",
      "  missing: a; no a; buy one",
      "  not checked: one; HTTP 403",
      "  checked: three",
      "1 missing, 1 not checked",
    ]);
  });

  test("of a cloud without problems report that nothing is missing", () => {
    const results = { problems: [], notChecked: [], passed: [] };
    expect(report([{ cloud: "RegionOne", stacks: ["lab-a"], ...results }]).at(-1)).toBe("nothing is missing");
  });

  test.each([
    ["m1.c2m9", ["m1.c2m8", "m1.c4m16"], '; the nearest is "m1.c2m8"'],
    ["Ubuntu-22.04", ["ubuntu-22.04-20260101", "debian"], ""],
    ["ubuntu-22.04", ["ubuntu-24.04", "debian"], '; the nearest is "ubuntu-24.04"'],
    ["x", [], ""],
  ])("name the existing name nearest to %s of %j", (name, existing, expected) => {
    expect(nearest(name, existing)).toBe(expected);
  });
});
