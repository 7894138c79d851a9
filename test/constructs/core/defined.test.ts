import { defined } from "@groundwork/constructs/core/defined";
import fc from "fast-check";

describe("defined", () => {
  test("removes the properties that are undefined and keeps all others", () => {
    const values = fc.option(fc.oneof(fc.constant(null), fc.boolean(), fc.nat(), fc.string()), { nil: undefined });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), values), (properties) => {
        const kept = Object.entries(properties).filter(([, value]) => value !== undefined);
        expect(Object.entries(defined(properties))).toEqual(kept);
      }),
    );
  });

  test("returns a copy", () => {
    const properties = { name: "lab" };
    expect(defined(properties)).not.toBe(properties);
  });

  test("has no undefined values by its type", () => {
    const zone: string | undefined = ["a"].find(Boolean);
    const properties: { readonly zone?: string } = { ...defined({ zone }) };
    expect(properties).toEqual({ zone: "a" });
  });
});
