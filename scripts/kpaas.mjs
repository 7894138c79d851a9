// @ts-check
// npm run kpaas -- wait | status | logs | kubeconfig | nhn-password <stack>: the installation of a K-PaaS cluster.
import { parseArgs } from "node:util";
import { command, interruptible, synthesize } from "./command.mjs";

await command(async () => {
  const { OPTIONS, readCommand } = await import("../cli/lib/kpaas/arguments.js");
  const { kpaasCommand } = await import("../cli/lib/kpaas/command.js");
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  const request = readCommand(positionals, values);
  await synthesize();
  return interruptible("interrupted; the installation on the machines continues", (abort) =>
    kpaasCommand(request, { log: console.log, password, abort }),
  );
});
// Open connections would keep the process running.
process.exit();

async function password() {
  const { hiddenLine } = await import("../cli/lib/kpaas/hidden-line.js");
  const line = await hiddenLine(process.stdin, () => process.stderr.write("API password of NHN Cloud's user: "));
  if (process.stdin.isTTY) process.stderr.write("\n");
  return line;
}
