// @ts-check
// npm run build: compiles all packages.
import { install } from "./install.mjs";
import { embedPrograms } from "./programs.mjs";
import { fail, isMain, run } from "./run.mjs";

/** Compiles the changed packages. */
export async function build() {
  embedPrograms();
  await compile("cli", "stacks");
}

/** @param {readonly string[]} projects - directories, each with what it refers to */
export async function compile(...projects) {
  await run(process.execPath, ["node_modules/typescript/bin/tsc", "-b", ...projects]);
  const { makeModulesLazy } = await import("./lazy-modules.mjs");
  makeModulesLazy();
}

if (isMain(import.meta.url)) await install().then(build).catch(fail);
