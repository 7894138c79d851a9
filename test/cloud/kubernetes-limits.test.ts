import { Violation, Violations } from "@groundwork/constructs/core/violation";
import { hasKubernetes } from "@groundwork/local/kubernetes/tools";
import fc from "fast-check";
import { clusterStack, manifests } from "../support/kubernetes";
import { apiErrors } from "../support/kubernetes-api-rules";
import { accepts, type Field, NUMBER_FIELDS, TEXT_FIELDS } from "../support/kubernetes-fields";
import { DryRuns } from "./support/dry-runs";
import { anyProgram, oddNumber, oddText, plainName } from "../support/kubernetes-programs";

/** Without its programs there is no API server; in CI that is an error, since a skip would look like a success. */
const describeWithKubernetes = !hasKubernetes() && process.env["CI"] !== "true" ? describe.skip : describe;

/** The seed of this run; another one is given as GROUNDWORK_SEED. */
const SEED = Number(process.env["GROUNDWORK_SEED"] ?? 20_261_130);

describeWithKubernetes("the limits of the library, compared with a real Kubernetes API", () => {
  let server: DryRuns;

  beforeAll(async () => {
    server = await DryRuns.start();
  }, 25 * 60_000);

  afterAll(() => server.stop());

  /** Values whose verdicts differ. */
  async function differences<T>(field: Field<T>, values: readonly T[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const value of new Set(values)) {
      // JSON has no such numbers.
      const error =
        typeof value === "number" && !Number.isFinite(value)
          ? "not a number"
          : await server.errorOf(field.object(value));
      const accepted = accepts(field, value);
      const isExpected = error === undefined ? accepted || field.isRejectedLater?.(value) === true : !accepted;
      if (!isExpected)
        found.push(`${JSON.stringify(value)}: ${accepted ? `accepted, but ${error ?? ""}` : "rejected"}`);
    }
    return found;
  }

  test.each(TEXT_FIELDS.map((field) => [field.name, field] as const))(
    "accepts the same texts: %s",
    async (_, field) => {
      const texts = fc.oneof(
        oddText(),
        plainName(),
        plainName().map((name) => `/${name}`),
      );
      expect(await differences(field, fc.sample(texts, { numRuns: 120, seed: SEED }))).toEqual([]);
    },
  );

  test.each(NUMBER_FIELDS.map((field) => [field.name, field] as const))(
    "accepts the same numbers: %s",
    async (_, field) => {
      expect(await differences(field, fc.sample(oddNumber(), { numRuns: 60, seed: SEED }))).toEqual([]);
    },
  );

  test("accepts every object of programs with values at and beyond the limits, as the restated rules do", async () => {
    let accepted = 0;
    for (const program of fc.sample(anyProgram(150), { numRuns: 250, seed: SEED })) {
      const stack = clusterStack();
      try {
        program(stack);
      } catch (error) {
        if (error instanceof Violation || error instanceof Violations) continue;
        throw error;
      }
      accepted += 1;
      for (const { object } of manifests(stack)) {
        expect([object, await server.errorOf(object)]).toEqual([object, undefined]);
        expect(apiErrors(object)).toEqual([]);
      }
    }
    expect(accepted).toBeGreaterThan(10);
  });

  test("rejects the objects that the restated rules reject", async () => {
    const different: unknown[] = [];
    for (const field of TEXT_FIELDS)
      for (const value of fc.sample(oddText(), { numRuns: 60, seed: SEED })) {
        const object = field.object(value);
        const [error, restated] = [await server.errorOf(object), apiErrors(object)];
        if ((error === undefined) !== (restated.length === 0)) different.push([field.name, value, error, restated]);
      }
    expect(different).toEqual([]);
  });
});
