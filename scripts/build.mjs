import { install } from "./install.mjs";
import { fail, isMain, run } from "./run.mjs";

/** Compiles what has changed since the last time. */
export async function build() {
  await run(process.execPath, ["node_modules/typescript/bin/tsc", "-b", "cli"]);
}

if (isMain(import.meta.url)) {
  try {
    await install();
    await build();
  } catch (error) {
    fail(error);
  }
}
