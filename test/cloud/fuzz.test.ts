import { hasKubernetes } from "@groundwork/local/kubernetes/tools";
import { ensureProviders } from "@groundwork/tooling/terraform/built-providers";
import { GENERATORS } from "../fuzz/generators";
import { fuzz, type Report } from "../fuzz/run";
import { Planner } from "../fuzz/terraform";
import { DryRuns } from "./support/dry-runs";

/** Without programs there are neither providers nor an API server; in CI that is an error, since a skip would look like a success. */
const describeWithKubernetes = !hasKubernetes() && process.env["CI"] !== "true" ? describe.skip : describe;

/** The short run has a fixed seed; `npm run fuzz` sets others. */
const SEED = Number(process.env["GROUNDWORK_SEED"] ?? 20_261_129);
const PROGRAMS = Number(process.env["GROUNDWORK_FUZZ_PROGRAMS"] ?? Object.keys(GENERATORS).length);

/** Programs of a construct after which a third is accepted. */
const ENOUGH = 20;

describeWithKubernetes("generated programs", () => {
  let planner: Planner;
  let dryRuns: DryRuns;
  let report: Report;

  beforeAll(
    async () => {
      await ensureProviders(console.log);
      planner = new Planner();
      await planner.start();
      dryRuns = await DryRuns.start();
      report = await fuzz({ seed: SEED, programs: PROGRAMS, planner, dryRuns, file: process.env["GROUNDWORK_REPORT"] });
    },
    25 * 60_000 + PROGRAMS * 2_000,
  );

  afterAll(async () => {
    planner.remove();
    await dryRuns.stop();
  });

  test("are rejected by rules, or accepted by the real providers and the real Kubernetes API", () => {
    expect(report.failures).toEqual([]);
  });

  test("are planned and sent: resources and objects in clusters", () => {
    expect(report.resources).toBeGreaterThan(PROGRAMS);
    expect(report.objects).toBeGreaterThan(0);
  });

  test("are accepted often enough for every construct", () => {
    const rejected = Object.entries(report.constructs).filter(
      ([, { accepted, rejected: others }]) => accepted + others >= ENOUGH && 3 * accepted < accepted + others,
    );
    expect(rejected).toEqual([]);
  });

  test("are compared with what would reject them: invalid arguments, text that Terraform cannot read, invalid objects", async () => {
    const required_providers = { aws: {} };
    const logGroup = (name: string, days: number) => ({
      terraform: { required_providers },
      resource: { aws_cloudwatch_log_group: { Logs: { name, retention_in_days: days } } },
    });
    const stacks = [logGroup("a", 30), logGroup("a", 2), logGroup("${x}", 30), logGroup("b", 30)];
    expect([...(await planner.errorsOf(stacks)).keys()].sort()).toEqual([1, 2]);
    const object = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a_b" } };
    expect(await dryRuns.errorOf(object)).toMatch(/a_b/);
  });
});
