// @ts-check
// npm run bench: simulated deployment times, then ratios of synthesis, scaling and compilation times. --record writes
// bench/results.json.
import { command } from "./command.mjs";
import { run } from "./run.mjs";

await command(async () => {
  await run(process.execPath, ["bench/times.mjs"]);
  await run(process.execPath, ["bench/bench.mjs", ...process.argv.slice(2)]);
});
