// npm run bench: measures synthesis, growth and compilation as ratios. With --record it replaces bench/results.json.
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

await install();
await build();
await run(process.execPath, ["bench/bench.mjs", ...process.argv.slice(2)]);
