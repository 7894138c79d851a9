// @ts-check
// npm run nhn -- <command>: runs a command with a token of NHN Cloud's API, from OS_TENANT_ID, OS_USERNAME and OS_PASSWORD.
import { command } from "./command.mjs";
import { run } from "./run.mjs";

await command(async () => {
  const { nhnCommand } = await import("../cli/lib/nhn/command.js");
  await nhnCommand({
    words: process.argv.slice(2),
    env: process.env,
    run: (program, args, env) => run(program, args, { env }),
    log: console.error,
  });
});
