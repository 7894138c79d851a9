import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import type { AcceptedFinding } from "./accepted-finding";

/** Fields of an entry of the file. */
interface Entry {
  readonly checks: readonly string[];
  readonly stacks: readonly string[];
  readonly resource: string;
  readonly reason: string;
}

/** Reads the accepted findings of a project; none when the file does not exist and is not required. */
export function readAccepted(file: string, isRequired: boolean): readonly AcceptedFinding[] {
  if (!existsSync(file)) {
    if (isRequired) throw new Error(`no file ${file} of accepted findings; correct --accepted`);
    return [];
  }
  const entries = parseYaml(file) ?? [];
  if (!Array.isArray(entries)) throw new Error(`${file} is not a list; write one entry for each accepted finding`);
  return entries.flatMap((entry: unknown, index) => {
    if (!isEntry(entry))
      throw new Error(
        `entry ${index + 1} of ${file} is invalid; it needs checks and stacks (lists), resource and reason (texts)`,
      );
    const { checks, stacks, resource, reason } = entry;
    return checks.map((check) => ({ check, stacks, resource, reason }));
  });
}

function parseYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "YAMLParseError") throw error;
    throw new Error(`${file} is not valid YAML: ${error.message.split("\n")[0] ?? ""}`, { cause: error });
  }
}

function isEntry(value: unknown): value is Entry {
  const { checks, stacks, resource, reason } = (value ?? {}) as Partial<Record<keyof Entry, unknown>>;
  return (
    isTexts(checks) && isTexts(stacks) && typeof resource === "string" && typeof reason === "string" && reason !== ""
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === "string");
}
