/** Output of a command. */
export interface Io {
  /** Prints a result to standard output. */
  readonly out: (text: string) => void;
  /** Prints a note or an error to standard error. */
  readonly err: (text: string) => void;
  /** Sets the exit code of the process. */
  readonly exit: (code: number) => void;
}

/** Input and output of the process. */
export const PROCESS_IO: Io = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  exit: (code) => {
    process.exitCode = code;
  },
};

/** Prints progress: to standard output, or to standard error while standard output is reserved for JSON. */
export function logOf(io: Io, options: { readonly json?: boolean }): (text: string) => void {
  return options.json === true ? io.err : io.out;
}

/** Prints a result as JSON. */
export function printJson(io: Io, value: unknown): void {
  io.out(JSON.stringify(value, undefined, 2));
}
