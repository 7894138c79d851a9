import { type Lines, Reporter } from "../reporter";

/** Output of a command. A string is one line, also when it contains line breaks: those are escaped. */
export interface Io {
  /** Prints a result to standard output. */
  readonly out: (lines: Lines) => void;
  /** Prints a note or an error to standard error. */
  readonly err: (lines: Lines) => void;
  /** Sets the exit code of the process. */
  readonly exit: (code: number) => void;
}

/** Input and output of the process. */
export const PROCESS_IO: Io = {
  out: new Reporter(process.stdout).log,
  err: new Reporter(process.stderr).log,
  exit: (code) => {
    process.exitCode = code;
  },
};

/** Prints progress: to standard output, or to standard error while standard output is reserved for JSON. */
export function logOf(io: Io, options: { readonly json?: boolean }): (lines: Lines) => void {
  return options.json === true ? io.err : io.out;
}

/** Prints a result as JSON. */
export function printJson(io: Pick<Io, "out">, value: unknown): void {
  io.out(jsonLines(value));
}

/** A value as lines of JSON. */
export function jsonLines(value: unknown): readonly string[] {
  return JSON.stringify(value, undefined, 2).split("\n");
}
