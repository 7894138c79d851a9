// @ts-check
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const cwd = join(here, "..");
const resultsFile = join(here, "results.json");
const tsc = "node_modules/typescript/bin/tsc";

/**
 * Measures ratios to the start of a bare process in the same run, which are comparable between machines.
 *
 * @returns {Record<string, unknown>}
 */
function bench() {
  const bare = measure(["-e", "require('cdktf')"], { cwd }).milliseconds;
  const synth = measure(["stacks/lib/main.js"], { cwd }).milliseconds;
  const [one, ten, fifty] = [networks(1), networks(10), networks(50)];
  const compile = measure([tsc, "-b", "--force", "stacks"], { cwd, runs: 1 }).milliseconds;
  const recompile = measure([tsc, "-b", "stacks"], { cwd, runs: 3 }).milliseconds;
  return {
    "synth of all environments / bare require('cdktf')": ratio(synth, bare),
    "50 networks / 10 networks, time (linear: 5)": ratio(fifty.milliseconds, ten.milliseconds),
    "50 networks / 1 network, memory": ratio(fifty.mebibytes, one.mebibytes),
    "type-check and compile everything / bare require('cdktf')": ratio(compile, bare),
    "compile when nothing changed / bare require('cdktf')": ratio(recompile, bare),
    "milliseconds: bare, synth, compile, recompile": [bare, synth, compile, recompile],
    "networks: milliseconds, mebibytes": { 1: one, 10: ten, 50: fifty },
  };
}

/**
 * @param {number} count
 * @returns {{ milliseconds: number, mebibytes: number }}
 */
function networks(count) {
  return JSON.parse(measure(["bench/networks.mjs", String(count)], { cwd, runs: 3 }).stdout);
}

/**
 * @param {number} one
 * @param {number} other
 */
function ratio(one, other) {
  return Math.round((one / other) * 100) / 100;
}

/** @type {Record<string, unknown>} */
const recorded = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {};
const results = bench();
for (const [name, value] of Object.entries(results)) {
  const comparison = typeof value === "number" && name in recorded ? ` (recorded: ${String(recorded[name])})` : "";
  console.log(`${name}: ${JSON.stringify(value)}${comparison}`);
}
if (process.argv.includes("--record")) writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
