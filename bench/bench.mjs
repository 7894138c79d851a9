// @ts-check
// Compares the cost of our synthesis with that of plain CDKTF, and of cdktn where `npm run test:cdktn` has installed it.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withCdktn } from "../scripts/packages.mjs";
import { measureAll } from "./measure.mjs";
import { sourcesHash } from "./sources.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const cwd = join(here, "..");
const resultsFile = join(here, "results.json");
const cdktnDirectory = join(cwd, ".groundwork/cdktn");
const COUNTS = [1, 10, 50];
/** Resources of one network, in networks.cjs and in raw-networks.cjs. */
const NETWORK_RESOURCES = 42;
const ROUNDS = 5;

/** @returns {Record<string, import("./measure.mjs").Program>} */
function programs() {
  const bare = { cwd, args: ["-e", "require('cdktf')"] };
  const whole = { cwd, args: ["stacks/lib/main.js"] };
  const one = { ...whole, env: { CDKTF_CONTEXT_JSON: JSON.stringify({ "groundwork:stacks": ["lab-site"] }) } };
  const networks = COUNTS.flatMap((count) => [
    /** @type {const} */ ([`ours ${count}`, { cwd, args: ["bench/networks.cjs", String(count)] }]),
    /** @type {const} */ ([`cdktf ${count}`, { cwd, args: ["bench/raw-networks.cjs", String(count)] }]),
    ...cdktn(count),
  ]);
  return { bare, whole, one, ...Object.fromEntries(networks) };
}

/**
 * @param {number} count
 * @returns {readonly (readonly [string, import("./measure.mjs").Program])[]}
 */
function cdktn(count) {
  if (!existsSync(join(cdktnDirectory, "node_modules/cdktn"))) return [];
  const file = "raw-networks.cjs";
  cpSync(join(here, file), join(cdktnDirectory, file));
  writeFileSync(join(cdktnDirectory, file), withCdktn(readFileSync(join(here, file), "utf8")));
  return [[`cdktn ${count}`, { cwd: cdktnDirectory, args: [file, String(count)] }]];
}

/** Number of resources of the whole app. */
function appResources() {
  const outdir = mkdtempSync(join(tmpdir(), "groundwork-bench-"));
  execFileSync(process.execPath, ["stacks/lib/main.js"], { cwd, env: { ...process.env, CDKTF_OUTDIR: outdir } });
  const files = readdirSync(join(outdir, "stacks")).map((stack) => join(outdir, "stacks", stack, "cdk.tf.json"));
  const resources = files.flatMap((file) => Object.values(JSON.parse(readFileSync(file, "utf8")).resource ?? {}));
  rmSync(outdir, { recursive: true });
  return resources.reduce((sum, named) => sum + Object.keys(named).length, 0);
}

/** @returns {Record<string, number>} */
function results() {
  const usage = measureAll(programs(), ROUNDS);
  const cpu = (/** @type {string} */ name) => usage[name]?.milliseconds ?? Number.NaN;
  const slope = (/** @type {string} */ name) => (cpu(`${name} 50`) - cpu(`${name} 1`)) / 49 / NETWORK_RESOURCES;
  const compared = COUNTS.flatMap((count) => [
    [`${count} networks / the same in plain CDKTF, CPU`, cpu(`ours ${count}`) / cpu(`cdktf ${count}`)],
    [`${count} networks / the same in plain cdktn, CPU`, cpu(`ours ${count}`) / cpu(`cdktn ${count}`)],
  ]);
  const all = {
    "whole app / require('cdktf'), CPU": cpu("whole") / cpu("bare"),
    "one site of the app / require('cdktf'), CPU": cpu("one") / cpu("bare"),
    "CPU ms per resource of the whole app, beyond require('cdktf')": (cpu("whole") - cpu("bare")) / appResources(),
    "whole app, MiB": usage["whole"]?.mebibytes ?? Number.NaN,
    ...Object.fromEntries(compared),
    "CPU ms per resource from 1 to 50 networks: ours": slope("ours"),
    "CPU ms per resource from 1 to 50 networks: plain CDKTF": slope("cdktf"),
    "CPU ms per resource from 1 to 50 networks: plain cdktn": slope("cdktn"),
  };
  const rounded = Object.entries(all).map(([name, value]) => [name, Math.round(value * 100) / 100]);
  return Object.fromEntries(rounded.filter(([, value]) => !Number.isNaN(value)));
}

/** @type {{ readonly results?: Record<string, number> }} */
const recorded = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {};
const measured = results();
console.log("| what | now | recorded |\n|---|---|---|");
for (const [name, value] of Object.entries(measured))
  console.log(`| ${name} | ${value} | ${recorded.results?.[name] ?? "–"} |`);
if (process.argv.includes("--record"))
  writeFileSync(resultsFile, `${JSON.stringify({ sources: sourcesHash(), results: measured }, null, 2)}\n`);
