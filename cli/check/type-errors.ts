import { exitCode } from "@groundwork/tooling/process/run";
import type { Project } from "../project/project";

/** An error of the compiler. */
export interface TypeError {
  /** File, relative to the project. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** For example `TS2322`. */
  readonly code: string;
  readonly message: string;
}

/** A line of the compiler: `stacks/main.ts(3,7): error TS2322: …`. */
const LINE = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/;

/** Compiles the stacks of a project and returns the errors. The compiler writes the files in spite of errors. */
export async function compileStacks({ directory }: Project, abort: AbortSignal): Promise<readonly TypeError[]> {
  const args = ["node_modules/typescript/bin/tsc", "-b", "stacks", "--pretty", "false"];
  const lines: string[] = [];
  await exitCode({ command: process.execPath, args, cwd: directory, onLine: (line) => void lines.push(line), abort });
  abort.throwIfAborted();
  return parseErrors(lines.join("\n"));
}

/** The errors in the output of the compiler. */
export function parseErrors(output: string): readonly TypeError[] {
  return output.split("\n").flatMap((text) => {
    const [, file, line, column, code, message] = LINE.exec(text.trimEnd()) ?? [];
    if (file === undefined || code === undefined || message === undefined) return [];
    return [{ file, line: Number(line), column: Number(column), code, message }];
  });
}
