// @ts-check
// npm run test:cloud: all tests that need the emulators: deployments, interruptions, faults, the scan. No account, no network.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, groundwork } from "./command.mjs";
import { codeOf, ROOT } from "./run.mjs";

const PAGE = join(ROOT, "docs/verified.md");
const RECORDS = join(ROOT, ".groundwork/verified");
/** Results of npm run test:openstack, checked in because not every system can run it. */
const REAL = join(ROOT, "test/openstack/verified");
/** Test files; all if empty. */
const selected = process.argv.slice(2);

await command(
  async () => {
    await prepare();
    const isComplete = selected.length === 0;
    if (isComplete) rmSync(RECORDS, { recursive: true, force: true });
    const tests = await runTests();
    if (tests !== 0 || !isComplete) return tests;
    return (await groundwork("scan")) || (await updatePage());
  },
  { cloud: true },
);

/** Runs the tests. An interruption ends Jest before a test file stops its cloud, which is then stopped here. */
async function runTests() {
  const clouds = mkdtempSync(join(tmpdir(), "groundwork-"));
  const env = { ...process.env, GROUNDWORK_TEST_CLOUDS: clouds };
  const args = ["node_modules/jest/bin/jest.js", "--config", "test/cloud/jest.config.js", ...selected];
  try {
    return await codeOf(process.execPath, args, { env });
  } finally {
    const { down } = await import("../local/lib/cloud.js");
    for (const name of readdirSync(clouds))
      await down({ directory: join(clouds, name, "local"), stateDirectory: join(clouds, name, "state") });
    rmSync(clouds, { recursive: true, force: true });
  }
}

async function prepare() {
  const { ensurePython } = await import("../tooling/lib/python.js");
  const { ensureKubernetes } = await import("../local/lib/kubernetes/tools.js");
  const { ensureProviders } = await import("../tooling/lib/terraform/built-providers.js");
  await ensurePython(console.log);
  await ensureKubernetes(console.log);
  await ensureProviders(console.log);
}

/** Writes the results of a complete run to docs/verified.md. In CI the page must not claim more than the run has verified. */
async function updatePage() {
  const { unverifiedClaims, verifiedPage } = await import("../tooling/lib/verified/page.js");
  const { readVerified } = await import("../tooling/lib/verified/verified.js");
  const { typedResources } = await import("../tooling/lib/verified/typed-resources.js");
  const page = verifiedPage(typedResources(join(ROOT, "constructs")), readVerified(RECORDS), readVerified(REAL));
  if (existsSync(PAGE) && readFileSync(PAGE, "utf8") === page) return 0;
  if (process.env["CI"] === "true") {
    const claims = unverifiedClaims(existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "", page);
    if (claims.length > 0)
      console.error(`docs/verified.md claims what this run has not verified: ${claims.join("; ")}`);
    else console.log("this run has verified more than docs/verified.md contains; npm run test:cloud updates the page");
    return claims.length > 0 ? 1 : 0;
  }
  writeFileSync(PAGE, page);
  console.log("wrote docs/verified.md");
  return 0;
}
