import { errorLines } from "./program/error-message";
import { PROCESS_IO } from "./program/io";
import { runProgram } from "./program/program";

/** How long connections that a command has left open may delay the end of the process. */
const CLOSE_MS = 500;

/** Runs `groundwork` with the arguments of the process. */
export function main(): void {
  // `groundwork … | head` closes the pipe early: that is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
  runProgram(process.argv.slice(2), PROCESS_IO)
    .catch((error: unknown) => {
      PROCESS_IO.err(errorLines(error));
      process.exitCode = 1;
    })
    .finally(() => {
      setTimeout(() => process.exit(), CLOSE_MS).unref();
    });
}
