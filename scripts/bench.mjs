// @ts-check
// npm run bench: simulated deployment times, then the cost of synthesis next to plain CDKTF and cdktn. --record writes
// bench/results.json.
import { command, groundwork } from "./command.mjs";
import { run } from "./run.mjs";

await command(async () => {
  const code = await groundwork("times");
  if (code === 0) await run(process.execPath, ["bench/bench.mjs", ...process.argv.slice(2)]);
  return code;
});
