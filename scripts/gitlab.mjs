// @ts-check
// npm run gitlab -- wait | status | logs <environment>-gitlab [--timeout <minutes>]: the first boot of server and runner.
import { parseArgs } from "node:util";
import { command, interruptible, synthesize } from "./command.mjs";

await command(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { timeout: { type: "string" } } });
  const { gitlabCommand, readCommand } = await import("../cli/lib/gitlab/command.js");
  const request = readCommand(positionals, values.timeout);
  await synthesize();
  return interruptible("interrupted; the first boot of the machines continues", (abort) =>
    gitlabCommand(request, console.log, abort),
  );
});
// Open connections would keep the process running.
process.exit();
