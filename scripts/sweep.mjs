// npm run sweep -- <environment> [--delete]: what programs in the cluster have made in AWS and left behind.
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { delete: { type: "boolean", default: false } },
});
const [environment] = positionals;
if (environment === undefined || positionals.length > 1) {
  console.error("usage: npm run sweep -- <environment> [--delete]");
  process.exit(2);
}
await install();
await build();
await run(process.execPath, ["stacks/lib/main.js"]);
const { sweepCommand } = createRequire(import.meta.url)("../cli/lib/sweep/command.js");
await sweepCommand({ environment, delete: values.delete }, (text) => console.log(text));
