// npm run gitlab -- wait | status | logs <environment>-gitlab [--timeout <minutes>]: how the first boot of server and runner goes.
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { fail, run } from "./run.mjs";

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { timeout: { type: "string" } } });
  await install();
  await build();
  const require = createRequire(import.meta.url);
  const { gitlabCommand, readCommand } = require("../cli/lib/gitlab/command.js");
  const command = readCommand(positionals, values.timeout);
  await run(process.execPath, ["stacks/lib/main.js"]);
  const { Interruption } = require("../tooling/lib/process/interruption.js");
  const say = (line) => console.log(line);
  const interruption = Interruption.listen(() => say("not waited to the end; the machines go on by themselves"));
  process.exitCode = await gitlabCommand(command, say, interruption.signal).catch((error) => {
    if (interruption.raised) return interruption.exitCode;
    throw error;
  });
  // Whoever listens for the end of a parent never ends by itself.
  process.exit();
} catch (error) {
  fail(error);
}
