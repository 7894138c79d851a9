// npm run bench: how long deploying takes by the graphs of the stacks, then synthesis, growth and compilation measured as
// ratios. With --record the measured replaces bench/results.json.
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

await install();
await build();
await run(process.execPath, ["bench/times.mjs"]);
await run(process.execPath, ["bench/bench.mjs", ...process.argv.slice(2)]);
