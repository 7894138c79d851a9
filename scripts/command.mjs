// @ts-check
// Common steps of the npm scripts: install, build, call.
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { fail, run } from "./run.mjs";

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

/** Synthesizes all environments into `cdktf.out`. */
export async function synthesize() {
  await run(process.execPath, ["stacks/lib/main.js"], { stdio: ["ignore", "inherit", "inherit"] });
}

/**
 * Runs a call that a signal ends early; returns its exit code, or that of the signal.
 *
 * @param {string} message - printed on a signal
 * @param {(abort: AbortSignal) => Promise<number>} call
 */
export async function interruptible(message, call) {
  const { Interruption } = await import("../tooling/lib/process/interruption.js");
  const interruption = Interruption.listen(() => console.log(message));
  try {
    return await call(interruption.signal);
  } catch (error) {
    if (interruption.raised) return interruption.exitCode;
    throw error;
  }
}
