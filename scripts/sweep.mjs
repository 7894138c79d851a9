// @ts-check
// npm run sweep -- <environment> [--delete]: AWS resources that controllers in the cluster have created and not deleted.
import { parseArgs } from "node:util";
import { command, synthesize } from "./command.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { delete: { type: "boolean", default: false } },
});
const [environment] = positionals;
if (environment === undefined || positionals.length > 1) {
  console.error("usage: npm run sweep -- <environment> [--delete]");
  process.exit(2);
}
await command(async () => {
  await synthesize();
  const { sweepCommand } = await import("../cli/lib/sweep/command.js");
  await sweepCommand({ environment, delete: values.delete }, console.log);
});
