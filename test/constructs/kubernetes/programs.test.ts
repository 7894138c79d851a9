import { Violation, Violations } from "@groundwork/constructs/core/violation";
import type { ApiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";
import fc from "fast-check";
import { clusterStack, manifests } from "../../support/kubernetes";
import { apiErrors } from "../../support/kubernetes-api-rules";
import { anyProgram, type Program } from "../../support/kubernetes-programs";

/** The API objects of a program, or the rules that it violates. Other errors are thrown. */
function outcome(program: Program): { readonly objects?: readonly ApiObject[]; readonly error?: string } {
  const stack = clusterStack();
  try {
    program(stack);
    return { objects: manifests(stack).map(({ object }) => object) };
  } catch (error) {
    if (error instanceof Violation || error instanceof Violations || /\b[A-Z]{3}\d{3} at /.test(String(error)))
      return { error: String(error) };
    throw error;
  }
}

/** Rules about two values that are valid by themselves. */
const CONFLICTS = /\b(ING003|ING004|ING005|ING020|KUB004|KUB009|KUB010|KUB017|KUB026|KUB029|NAM002)\b/;

describe("programs with in-cluster constructs", () => {
  test("result in violations or in objects that the API accepts, the same each time", () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyProgram(150), (program) => {
        const result = outcome(program);
        if (result.objects !== undefined) accepted += 1;
        expect((result.objects ?? []).flatMap((object) => apiErrors(object))).toEqual([]);
        expect(outcome(program)).toEqual(result);
      }),
      { numRuns: 150 },
    );
    // Neither all programs nor none are valid; otherwise the property would test one side only.
    expect(accepted).toBeGreaterThan(5);
    expect(accepted).toBeLessThan(145);
  });

  test("are rejected only for conflicts when all values are valid", () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyProgram(Infinity), (program) => {
        const { objects, error = "" } = outcome(program);
        if (objects !== undefined) accepted += 1;
        const rules = [...error.matchAll(/\b[A-Z]{3}\d{3}(?= at |: )/g)].map(([rule]) => rule);
        expect(rules.filter((rule) => !CONFLICTS.test(rule))).toEqual([]);
      }),
      { numRuns: 100 },
    );
    expect(accepted).toBeGreaterThan(5);
  });
});
