import { Rule, Violations } from "@groundwork/constructs/core/violation";

const rule = new Rule("ABC001", "something holds", "because");

describe("Violation", () => {
  test("says rule, place, what was given and the fix", () => {
    const violation = rule.violation({ at: { node: { path: "lab-eks/Network" } }, given: "three", fix: "give four" });
    expect(violation.message).toBe("ABC001 at lab-eks/Network: three; give four");
    expect([violation.rule, violation.at, violation.given, violation.fix]).toEqual([
      rule,
      "lab-eks/Network",
      "three",
      "give four",
    ]);
  });

  test("says no place when it has none", () => {
    expect(rule.violation({ given: "three", fix: "give four" }).message).toBe("ABC001: three; give four");
  });
});

describe("Violations", () => {
  test("says everything at once", () => {
    const found = ["one", "two"].map((given) => rule.violation({ given, fix: "mend it" }));
    expect(() => Violations.throwIfAny(found)).toThrow("ABC001: one; mend it\nABC001: two; mend it");
  });

  test("is quiet when there is nothing to say", () => expect(() => Violations.throwIfAny([])).not.toThrow());
});
