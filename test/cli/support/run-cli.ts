import type { Io } from "@groundwork/cli/program/io";
import { runProgram } from "@groundwork/cli/program/program";
import { Reporter } from "@groundwork/cli/reporter";

/** What a command line prints, and its exit code. */
export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process. */
export async function runCli(...args: readonly string[]): Promise<CliResult> {
  let code = 0;
  const [out, err]: [string[], string[]] = [[], []];
  const to = (texts: string[]) => new Reporter({ write: (text: string | Uint8Array) => texts.push(String(text)) > 0 });
  const io: Io = {
    out: to(out).log,
    err: to(err).log,
    exit: (given) => (code = given),
  };
  await runProgram(args, io);
  return { code, out: textOf(out), err: textOf(err) };
}

/** Without the end of the last line. */
function textOf(written: readonly string[]): string {
  return written.join("").replace(/\n$/, "");
}
