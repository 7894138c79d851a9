// @ts-check
// npm run orphans -- <environment> [--write]: resources with the environment's tags that are in no state, and their remedies.
import { parseArgs } from "node:util";
import { command, synthesize } from "./command.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});
const [environment] = positionals;
if (environment === undefined || positionals.length > 1) {
  console.error("usage: npm run orphans -- <environment> [--write]");
  process.exit(2);
}
await command(async () => {
  await synthesize();
  const { orphansCommand } = await import("../cli/lib/orphans/command.js");
  await orphansCommand({ environment, write: values.write }, console.log);
});
