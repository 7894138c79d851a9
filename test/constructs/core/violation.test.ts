import { Rule, Violations } from "@groundwork/constructs/core/violation";

const rule = new Rule("ABC001", "something holds", "because");

describe("Violation", () => {
  test("contains rule, location, given value and fix", () => {
    const violation = rule.violation({ at: { node: { path: "lab-eks/Network" } }, given: "three", fix: "use four" });
    expect(violation.message).toBe("ABC001 at lab-eks/Network: three; use four");
    expect([violation.rule, violation.at, violation.given, violation.fix]).toEqual([
      rule,
      "lab-eks/Network",
      "three",
      "use four",
    ]);
  });

  test("omits the location when it has none", () => {
    expect(rule.violation({ given: "three", fix: "use four" }).message).toBe("ABC001: three; use four");
  });
});

describe("Violations", () => {
  test("reports all violations at once", () => {
    const found = ["one", "two"].map((given) => rule.violation({ given, fix: "correct it" }));
    expect(() => Violations.throwIfAny(found)).toThrow("ABC001: one; correct it\nABC001: two; correct it");
  });

  test("does not throw without violations", () => expect(() => Violations.throwIfAny([])).not.toThrow());
});
