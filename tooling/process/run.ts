import { spawn } from "node:child_process";

/** A program to run to its end. */
export interface RunProps {
  readonly command: string;
  readonly args: readonly string[];
  /** @default - this process's */
  readonly env?: NodeJS.ProcessEnv;
  /** @default - this process's */
  readonly cwd?: string;
  /** Receives what the program says, line by line. @default - the program speaks to the terminal itself */
  readonly onLine?: (line: string) => void;
  /** Ends the program and everything it has started. @default - nothing ends it early */
  readonly abort?: AbortSignal | undefined;
}

/** Runs a program and waits for its end; fails when it fails. For Terraform there are better ways, which let it finish. */
export async function run(props: RunProps): Promise<void> {
  const code = await exitCode(props);
  props.abort?.throwIfAborted();
  if (code !== 0) throw new Error(`${props.command} ${props.args.slice(0, 3).join(" ")} ended with ${String(code)}`);
}

/** Runs a program and answers its exit code; nothing when a signal ended it. */
export function exitCode({ command, args, env, cwd, onLine, abort }: RunProps): Promise<number | null> {
  abort?.throwIfAborted();
  return new Promise((resolve, reject) => {
    // A group of its own: the terminal's Ctrl-C reaches only us, and ending the group ends grandchildren too.
    const child = spawn(command, args, {
      detached: true,
      stdio: ["ignore", onLine === undefined ? "inherit" : "pipe", onLine === undefined ? "inherit" : "pipe"],
      ...(env === undefined ? {} : { env }),
      ...(cwd === undefined ? {} : { cwd }),
    });
    const end = () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    };
    abort?.addEventListener("abort", end, { once: true });
    if (onLine !== undefined) {
      child.stdout?.on("data", byLine(onLine));
      child.stderr?.on("data", byLine(onLine));
    }
    child.once("error", reject);
    child.once("close", (code) => {
      abort?.removeEventListener("abort", end);
      resolve(code);
    });
  });
}

/** Cuts a stream of chunks into lines; a last line without its end is kept back for the next chunk. */
export function byLine(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk.toString()).split(/\r?\n/);
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  };
}
