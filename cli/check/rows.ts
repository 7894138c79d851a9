import { join } from "node:path";
import type typescript from "typescript";
import type { CheckedValue, Row } from "./row";
import { SourceLines } from "./source-lines";
import type { TypeError } from "./type-errors";

/** Directory of the environment files. */
const DIRECTORY = "stacks/environments";

/** Input of {@link rowsOf}. */
export interface RowsProps {
  /** The compiler of the project, which parses the files. */
  readonly ts: typeof typescript;
  /** Directory of the project. */
  readonly directory: string;
  readonly values: readonly CheckedValue[];
  readonly typeErrors: readonly TypeError[];
}

/** All mistakes with their positions, by file and line; one row for a value that both a rule and its type reject. */
export function rowsOf({ ts, directory, values, typeErrors }: RowsProps): readonly Row[] {
  const sources = new Map<string, SourceLines>();
  const linesOf = (file: string) => {
    const lines = sources.get(file) ?? SourceLines.of(ts, join(directory, file));
    sources.set(file, lines);
    return lines;
  };
  const ruled = values.map(({ environment, ...value }): Row => {
    const file = `${DIRECTORY}/${environment}.ts`;
    return { ...value, file, line: linesOf(file).lineOf(value.key) };
  });
  const typed = typeErrors.map(({ file, line, column, code, message }): Row => {
    const key = file.startsWith(`${DIRECTORY}/`) ? linesOf(file).keyAt(line, column) : "";
    return { file, line, key, ...inWords(message), rule: code, isNotice: false };
  });
  const own = typed.filter((error) => !ruled.some((row) => isSame(row, error)));
  return [...ruled, ...own].sort(byPosition);
}

/** Whether a rule explains the type error: the same value, or the whole object of a file that has mistakes. */
function isSame(row: Row, error: Row): boolean {
  if (row.isNotice || row.file !== error.file) return false;
  return (
    row.line === error.line || error.rule === "TS1360" || row.key === error.key || row.key.startsWith(`${error.key}.`)
  );
}

function byPosition(one: Row, other: Row): number {
  return Number(one.isNotice) - Number(other.isNotice) || one.file.localeCompare(other.file) || one.line - other.line;
}

/** TypeScript's message, and its suggestion as the fix. */
function inWords(message: string): { readonly given: string; readonly fix: string } {
  const [, suggestion] = /Did you mean (?:to write )?'([^']+)'/.exec(message) ?? [];
  const given = message.replace(/ Did you mean.*$/, "").replace(/\.$/, "");
  return { given, fix: suggestion === undefined ? "correct the type" : `did you mean "${suggestion}"?` };
}
