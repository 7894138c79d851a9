import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Who has started us. npm ends the shell between itself and us on SIGTERM, without a word to us. */
const PARENT = process.ppid;

/**
 * Runs a program in the repository, waits for it, and gives back its code.
 *
 * A signal to us is passed on, so that nothing goes on working for a script that has ended.
 */
export async function codeOf(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", ...options });
  const passOn = (signal) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, passOn);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exitCode, signal) => resolve(signal === null ? exitCode : 1));
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(signal, passOn);
  return code === 0 && process.ppid !== PARENT ? 143 : code;
}

/** The same; ends this process with the program's code when it fails. */
export async function run(command, args, options = {}) {
  const code = await codeOf(command, args, options);
  if (code !== 0) process.exit(code);
}

/** Whether a script was started itself rather than imported by another one. */
export function isMain(url) {
  return process.argv[1] === fileURLToPath(url);
}

/** Ends with an error's words instead of its stack: whoever runs a script wants to know what to do. */
export function fail(error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
