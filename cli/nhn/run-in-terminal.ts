import { spawn } from "node:child_process";
import { constants } from "node:os";

/** Signals that end a program. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a program in the terminal of this process and returns its exit code; 128 plus the number of the signal that ended it.
 *
 * The program stays in the process group of the terminal, so that it can ask questions. The terminal sends Ctrl-C to it, too; sending
 * it again would make Terraform abort.
 */
export function runInTerminal(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(command, args, { stdio: "inherit", env });
  const forward = (signal: NodeJS.Signals) => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  }).finally(() => {
    for (const signal of SIGNALS) process.off(signal, forward);
  });
}
