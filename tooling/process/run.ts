import { execa } from "execa";

/** Lines of output that an error repeats. */
const LAST_LINES = 20;

/** A program that is run to its end. */
export interface RunProps {
  readonly command: string;
  readonly args: readonly string[];
  /** The complete environment; nothing is inherited. @default - the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** @default - the working directory of this process */
  readonly cwd?: string;
  /** Text for standard input. @default - standard input is empty */
  readonly input?: string;
  /** Receives standard output and standard error, line by line. @default - the error of a failed program contains its last lines */
  readonly onLine?: (line: string) => void;
  /** Ends the program and every process it has started. @default - nothing ends it early */
  readonly abort?: AbortSignal | undefined;
}

/** Runs a program and waits for its end; fails if the program fails. Not for Terraform, which must shut down gracefully. */
export async function run(props: RunProps): Promise<void> {
  const lines: string[] = [];
  const keep = (line: string) => {
    lines.push(line);
    if (lines.length > LAST_LINES) lines.shift();
  };
  const code = await exitCode({ ...props, onLine: props.onLine ?? keep });
  props.abort?.throwIfAborted();
  const message = `${props.command} ${props.args.slice(0, 3).join(" ")} ended with ${String(code)}`;
  if (code !== 0) throw new Error(lines.length === 0 ? message : `${message}:\n${lines.join("\n")}`);
}

/** Runs a program and returns its exit code; `null` if a signal ended it. */
export async function exitCode({
  command,
  args,
  env = process.env,
  cwd = process.cwd(),
  input = "",
  onLine = () => undefined,
  abort,
}: RunProps): Promise<number | null> {
  abort?.throwIfAborted();
  const output = lineReader(onLine);
  // A process group of its own: the terminal's Ctrl-C reaches only this process, and ending the group ends grandchildren too.
  const child = execa(command, args, {
    detached: true,
    cwd,
    env,
    extendEnv: false,
    input,
    stdout: output,
    stderr: output,
    buffer: false,
    reject: false,
  });
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
  };
  abort?.addEventListener("abort", end, { once: true });
  const result = await child;
  abort?.removeEventListener("abort", end);
  return codeOf(result);
}

/** How a program ended, as execa reports it when it does not reject. */
interface Ended {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
}

/** The exit code of a program; `null` if a signal ended it. Throws if the program did not start. */
export function codeOf(result: Ended): number | null {
  if (result.exitCode === undefined && result.signal === undefined) throw result as unknown as Error;
  return result.exitCode ?? null;
}

/** Reads an output stream of execa line by line. The generator yields nothing, so that nothing is kept in memory. */
export function lineReader(onLine: (line: string) => void): (line: unknown) => Generator<never, void> {
  return function* (line) {
    onLine(String(line));
  };
}

/** Splits a stream of chunks into lines; an incomplete last line is kept for the next chunk. */
export function byLine(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk.toString()).split(/\r?\n/);
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  };
}
