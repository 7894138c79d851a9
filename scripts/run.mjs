// @ts-check
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The process that started this one. On SIGTERM npm ends the shell between itself and this process, which receives no signal. */
const PARENT = process.ppid;

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a program in the repository and returns its exit code.
 *
 * Signals are forwarded, so that no program outlives the script. Uses Node's `spawn`, because the packages may not be installed yet.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export async function codeOf(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", ...options });
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  /** @type {number} */
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exitCode) => resolve(exitCode ?? 1));
  });
  for (const signal of SIGNALS) process.off(signal, forward);
  return code === 0 && process.ppid !== PARENT ? 143 : code;
}

/**
 * Runs a program in the repository; ends this process with the program's exit code if it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export async function run(command, args, options = {}) {
  const code = await codeOf(command, args, options);
  if (code !== 0) process.exit(code);
}

/**
 * Whether a script was started directly rather than imported.
 *
 * @param {string} url
 */
export function isMain(url) {
  return process.argv[1] === fileURLToPath(url);
}

/**
 * Prints an error without its stack and ends with 1.
 *
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
