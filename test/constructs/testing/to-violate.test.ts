import { Rule, Violations } from "@groundwork/constructs/core";
import { toViolate } from "@groundwork/constructs/testing";

const TST001 = new Rule("TST001", "a value is small", "large values do not fit");
const TST002 = new Rule("TST002", "a value is even", "odd values do not fit");
const violation = TST001.violation({ at: "stack/Thing", given: "12", fix: "use at most 10" });
const failing = (error: unknown) => () => {
  throw error;
};

describe("toViolate", () => {
  test("passes for the broken rule, given as a rule or as its id", () => {
    expect(toViolate(failing(violation), TST001).pass).toBe(true);
    expect(toViolate(failing(violation), "TST001", /at most 10/).pass).toBe(true);
  });

  test("finds a rule among several violations and in errors of synthesis", () => {
    const both = new Violations([violation, TST002.violation({ given: "3", fix: "use 4" })]);
    expect(toViolate(failing(both), TST002).pass).toBe(true);
    expect(toViolate(failing(new Error(`Validation failed with:\n  [stack] ${violation.message}`)), TST001).pass).toBe(
      true,
    );
  });

  test("fails for another rule, another text, another error and no error, and reports the result", () => {
    expect(toViolate(failing(violation), TST002).pass).toBe(false);
    expect(toViolate(failing(violation), TST001, /unrelated/).pass).toBe(false);
    expect(toViolate(failing(new Error("mentions TST001 only")), TST001).pass).toBe(false);
    expect(toViolate(() => 1, TST001).message()).toMatch(/violation of TST001 \(a value is small\), got: no error/);
  });

  test("rejects a value that is not a function", () => {
    expect(() => toViolate(violation, TST001)).toThrow("toViolate expects a function that is called, got object");
  });

  test("is a matcher of Jest", () => {
    expect(failing(violation)).toViolate("TST001", /12/);
    expect(() => 1).not.toViolate(TST001);
  });
});
