// @ts-check
// npm run local -- up | down | status | reset | env: the local cloud.
import { command } from "./command.mjs";

await command(
  async () => {
    const { local } = await import("../cli/lib/local.js");
    return local(process.argv.slice(2), console.log);
  },
  { cloud: true },
);
