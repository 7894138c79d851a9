// npm run orphans -- <environment> [--write]: what carries the environment's tags but stands in no state, and the cure.
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});
const [environment] = positionals;
if (environment === undefined || positionals.length > 1) {
  console.error("usage: npm run orphans -- <environment> [--write]");
  process.exit(2);
}
await install();
await build();
await run(process.execPath, ["stacks/lib/main.js"]);
const { orphansCommand } = createRequire(import.meta.url)("../cli/lib/orphans/command.js");
await orphansCommand({ environment, write: values.write }, (text) => console.log(text));
