// @ts-check
// npm run build: compiles all packages.
import { install } from "./install.mjs";
import { embedPrograms } from "./programs.mjs";
import { fail, isMain, run } from "./run.mjs";

/** Compiles the changed packages. */
export async function build() {
  embedPrograms();
  await run(process.execPath, ["node_modules/typescript/bin/tsc", "-b", "cli", "stacks"]);
}

if (isMain(import.meta.url)) await install().then(build).catch(fail);
