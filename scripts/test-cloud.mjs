// npm run test:cloud: everything that needs the emulators: deploys, interruptions, faults, the scan. No account, no network.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { ROOT, run } from "./run.mjs";

const PAGE = join(ROOT, "docs/verified.md");
const RECORDS = join(ROOT, ".groundwork/verified");
const chosen = process.argv.slice(2);

await install({ cloud: true });
await build();
const require = createRequire(import.meta.url);
await require("../tooling/lib/python.js").ensurePython(console.log);
await require("../local/lib/kubernetes/tools.js").ensureKubernetes(console.log);
await require("../tooling/lib/terraform/built-providers.js").ensureProviders(console.log);
if (chosen.length === 0) rmSync(RECORDS, { recursive: true, force: true });
await run(process.execPath, ["node_modules/jest/bin/jest.js", "--config", "test/cloud/jest.config.js", ...chosen]);
if (chosen.length === 0) await afterEverything();

/** A whole run is also a scan, and says what it has really done in docs/verified.md; in CI that page has to be true already. */
async function afterEverything() {
  await run(process.execPath, ["scripts/scan.mjs"]);
  const { readVerified, verifiedPage } = require("../tooling/lib/verified/verified.js");
  const { typedResources } = require("../tooling/lib/verified/typed-resources.js");
  const page = verifiedPage(typedResources(join(ROOT, "constructs")), readVerified(RECORDS));
  if (existsSync(PAGE) && readFileSync(PAGE, "utf8") === page) return;
  if (process.env.CI === "true") {
    console.error("docs/verified.md does not say what this run has done; run npm run test:cloud and commit the page");
    process.exit(1);
  }
  writeFileSync(PAGE, page);
  console.log("wrote docs/verified.md");
}
