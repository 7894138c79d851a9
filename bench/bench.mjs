import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const resultsFile = join(here, "results.json");

/** Everything is a ratio to something measured in the same run: another machine, another day, the same figures. */
function bench() {
  const bare = measure(["-e", "require('cdktf')"], { cwd: root }).milliseconds;
  const synth = measure(["stacks/lib/main.js"], { cwd: root }).milliseconds;
  const networks = Object.fromEntries(
    [1, 10, 50].map((count) => [
      count,
      JSON.parse(measure(["bench/networks.mjs", String(count)], { cwd: root, runs: 3 }).stdout),
    ]),
  );
  const compile = measure(["node_modules/typescript/bin/tsc", "-b", "--force", "stacks"], {
    cwd: root,
    runs: 1,
  }).milliseconds;
  const recompile = measure(["node_modules/typescript/bin/tsc", "-b", "stacks"], { cwd: root, runs: 3 }).milliseconds;
  return {
    "synth of all environments / bare require('cdktf')": ratio(synth, bare),
    "50 networks / 10 networks, time (linear: 5)": ratio(networks[50].milliseconds, networks[10].milliseconds),
    "50 networks / 1 network, memory": ratio(networks[50].mebibytes, networks[1].mebibytes),
    "type-check and compile everything / bare require('cdktf')": ratio(compile, bare),
    "compile when nothing changed / bare require('cdktf')": ratio(recompile, bare),
    "milliseconds: bare, synth, compile, recompile": [bare, synth, compile, recompile],
    "networks: milliseconds, mebibytes": networks,
  };
}

function ratio(one, other) {
  return Math.round((one / other) * 100) / 100;
}

const before = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {};
const results = bench();
for (const [name, value] of Object.entries(results))
  console.log(
    `${name}: ${JSON.stringify(value)}${typeof value === "number" && name in before ? ` (recorded: ${before[name]})` : ""}`,
  );
if (process.argv.includes("--record")) writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
