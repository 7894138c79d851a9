// npm run bench: measures synthesis, growth and compilation as ratios. With --record it replaces bench/results.json.
import { build, node } from "./build.mjs";

await build();
node("bench/bench.mjs", ...process.argv.slice(2));
