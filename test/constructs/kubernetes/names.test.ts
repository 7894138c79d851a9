import { Name } from "@groundwork/constructs/core/name";
import { derivedLabel, OBJECT_NAMES } from "@groundwork/constructs/kubernetes/names";
import fc from "fast-check";

/** Names that a real API server 1.35.4 accepts or rejects, by the form of the name. */
const VERDICTS = {
  label: {
    accepts: ["3scale", "a", "a-b", "x".repeat(63)],
    rejects: ["", "a.b", "-a", "a-", "A", "a_b", "x".repeat(64)],
  },
  letterLabel: { accepts: ["a", "a-b", "x".repeat(63)], rejects: ["", "3scale", "a.b", "a-", "x".repeat(64)] },
  subdomain: {
    accepts: ["3scale", "b.c", "1.2.3", "a-b.c"],
    rejects: ["", "a..b", ".a", "a.", "a.-b", "a-.b", "A", "x".repeat(254)],
  },
} as const;

const FORMS: readonly [keyof typeof OBJECT_NAMES, keyof typeof VERDICTS, number][] = [
  ["namespace", "label", 63],
  ["container", "label", 63],
  ["volume", "label", 63],
  ["service", "letterLabel", 63],
  ["deployment", "subdomain", 242],
  ["disruptionBudget", "subdomain", 253],
  ["autoscaler", "subdomain", 253],
  ["ingress", "subdomain", 253],
  ["ingressClass", "subdomain", 253],
  ["serviceAccount", "subdomain", 253],
  ["release", "subdomain", 53],
];

describe("names", () => {
  test.each(FORMS)("of a %s are a %s of at most %p characters", (object, form, maxLength) => {
    const rule = OBJECT_NAMES[object];
    const accepts = (name: string): boolean => {
      try {
        return Name.check(name, rule) === name;
      } catch {
        return false;
      }
    };
    expect(VERDICTS[form].accepts.filter((name) => name.length <= maxLength && !accepts(name))).toEqual([]);
    expect(VERDICTS[form].rejects.filter(accepts)).toEqual([]);
    expect([accepts("x".repeat(maxLength)), accepts("x".repeat(maxLength + 1))]).toEqual([true, false]);
  });

  test("that are derived from any texts are valid and distinct", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.string({ unit: fc.constantFrom(..."aA1-_./"), maxLength: 70 }),
    );
    for (const rule of [OBJECT_NAMES.service, OBJECT_NAMES.container, OBJECT_NAMES.volume])
      fc.assert(
        fc.property(fc.uniqueArray(text, { maxLength: 6 }), (texts) => {
          const names = texts.map((one) => derivedLabel(one, rule));
          for (const name of names) expect(Name.check(name, rule)).toBe(name);
          expect(new Set(names).size).toBe(texts.length);
        }),
      );
  });

  test("that are valid already remain as they are", () => {
    expect(derivedLabel("web-1", OBJECT_NAMES.service)).toBe("web-1");
    expect(derivedLabel("3scale", OBJECT_NAMES.container)).toBe("3scale");
    expect(derivedLabel("3scale", OBJECT_NAMES.service)).toMatch(/^s-3scale-[0-9a-f]{8}$/);
  });
});
