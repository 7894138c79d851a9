// @ts-check
// Common steps of the npm scripts: install, build, call.
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { codeOf, fail } from "./run.mjs";

/**
 * Installs what is missing, compiles, and runs a command. Its exit code becomes that of the process; an error is printed without
 * its stack and ends the process with 1.
 *
 * @param {() => Promise<number | void> | number | void} call - import compiled files in it: they exist only after the build
 * @param {{ cloud?: boolean }} [options] - `cloud`: the command needs Terraform and Python
 */
export async function command(call, options = {}) {
  try {
    await install(options);
    await build();
    process.exitCode = (await call()) ?? 0;
  } catch (error) {
    fail(error);
  }
}

/**
 * Runs a command of the command line in the repository; returns its exit code.
 *
 * @param {readonly string[]} args
 */
export function groundwork(...args) {
  return codeOf(process.execPath, ["cli/bin/groundwork.cjs", ...args]);
}
