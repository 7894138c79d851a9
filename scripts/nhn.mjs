// npm run nhn -- <command>: runs a command with a token of NHN Cloud's API, made from OS_TENANT_ID, OS_USERNAME, OS_PASSWORD.
import { createRequire } from "node:module";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { fail, run } from "./run.mjs";

try {
  await install();
  await build();
  const { nhnCommand } = createRequire(import.meta.url)("../cli/lib/nhn/command.js");
  await nhnCommand({
    words: process.argv.slice(2),
    env: process.env,
    run: (command, args, env) => run(command, args, { env }),
    log: (text) => console.error(text),
  });
} catch (error) {
  fail(error);
}
