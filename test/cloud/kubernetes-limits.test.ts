import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Violation, Violations } from "@groundwork/constructs/core/violation";
import type { ApiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";
import { API_TYPES } from "@groundwork/constructs/kubernetes/manifest/conversion";
import { type ApiAccess, pathOf } from "@groundwork/local/kubernetes/api";
import { accessTo, startCluster, stopCluster } from "@groundwork/local/kubernetes/cluster";
import { ensureKubernetes, goVersion } from "@groundwork/local/kubernetes/tools";
import fc from "fast-check";
import { clusterStack, manifests } from "../support/kubernetes";
import { apiErrors } from "../support/kubernetes-api-rules";
import { accepts, type Field, NUMBER_FIELDS, TEXT_FIELDS } from "../support/kubernetes-fields";
import { anyProgram, oddNumber, oddText, plainName } from "../support/kubernetes-programs";

/** Without Go there is no API server; in CI that is an error, since a skip would look like a success. */
const describeWithGo = goVersion() === undefined && process.env["CI"] !== "true" ? describe.skip : describe;

/** The seed of this run; another one is given as GROUNDWORK_SEED. */
const SEED = Number(process.env["GROUNDWORK_SEED"] ?? 20_261_130);

describeWithGo("the limits of the library, compared with a real Kubernetes API", () => {
  let directory: string;
  let access: ApiAccess;
  let agent: Agent;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "groundwork-limits-"));
    const programs = await ensureKubernetes(console.log);
    if (programs === undefined) throw new Error("Go is missing");
    access = accessTo(await startCluster(join(directory, "cluster"), programs));
    agent = new Agent({ ca: access.certificate, keepAlive: true, maxSockets: 8 });
  }, 25 * 60_000);

  afterAll(async () => {
    agent.destroy();
    await stopCluster(join(directory, "cluster"));
    rmSync(directory, { recursive: true, force: true });
  });

  /** The error of a server-side dry run with strict validation; undefined when the server accepts the object. */
  function dryRun(object: ApiObject): Promise<string | undefined> {
    const type = Object.values(API_TYPES).find(({ kind }) => kind === object.kind);
    if (type === undefined) throw new Error(`no type for ${object.kind}`);
    // Only this namespace exists; names of namespaces are compared on their own.
    const target = type.namespaced ? { ...object, metadata: { ...object.metadata, namespace: "default" } } : object;
    const path = `${pathOf({ ...type, namespace: type.namespaced ? "default" : undefined })}?fieldValidation=Strict&dryRun=All`;
    const headers = { authorization: `Bearer ${access.token}`, "content-type": "application/json" };
    return new Promise((resolve, reject) => {
      const sent = request(`${access.server}${path}`, { method: "POST", agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("end", () => {
          const { message } = JSON.parse(Buffer.concat(chunks).toString()) as { message?: string };
          resolve((response.statusCode ?? 500) < 300 ? undefined : (message ?? "rejected"));
        });
      });
      sent.once("error", reject);
      sent.end(JSON.stringify(target));
    });
  }

  /** Values whose verdicts differ. */
  async function differences<T>(field: Field<T>, values: readonly T[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const value of new Set(values)) {
      // JSON has no such numbers.
      const error =
        typeof value === "number" && !Number.isFinite(value) ? "not a number" : await dryRun(field.object(value));
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
        expect([object, await dryRun(object)]).toEqual([object, undefined]);
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
        const [error, restated] = [await dryRun(object), apiErrors(object)];
        if ((error === undefined) !== (restated.length === 0)) different.push([field.name, value, error, restated]);
      }
    expect(different).toEqual([]);
  });
});
