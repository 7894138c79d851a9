// npm run kpaas -- wait | status | logs | kubeconfig | nhn-password <stack>: the installation of a cluster, from outside.
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { fail, run } from "./run.mjs";

try {
  await install();
  await build();
  const require = createRequire(import.meta.url);
  const { OPTIONS, readCommand } = require("../cli/lib/kpaas/arguments.js");
  const { kpaasCommand } = require("../cli/lib/kpaas/command.js");
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  const command = readCommand(positionals, values);
  await run(process.execPath, ["stacks/lib/main.js"], { stdio: ["ignore", "inherit", "inherit"] });
  const { Interruption } = require("../tooling/lib/process/interruption.js");
  const { hiddenLine } = require("../cli/lib/kpaas/hidden-line.js");
  const say = (line) => console.log(line);
  const interruption = Interruption.listen(() => say("not followed to the end; the machines go on by themselves"));
  const password = async () => {
    const line = await hiddenLine(process.stdin, () => process.stderr.write("API password of NHN Cloud's user: "));
    if (process.stdin.isTTY) process.stderr.write("\n");
    return line;
  };
  process.exitCode = await kpaasCommand(command, { log: say, password, abort: interruption.signal }).catch((error) => {
    if (interruption.raised) return interruption.exitCode;
    throw error;
  });
  // Whoever listens for the end of a parent never ends by itself.
  process.exit();
} catch (error) {
  fail(error);
}
