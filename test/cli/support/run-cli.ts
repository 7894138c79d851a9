import type { Io } from "@groundwork/cli/program/io";
import { runProgram } from "@groundwork/cli/program/program";

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
  const io: Io = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    exit: (given) => (code = given),
  };
  await runProgram(args, io);
  return { code, out: out.join("\n"), err: err.join("\n") };
}
