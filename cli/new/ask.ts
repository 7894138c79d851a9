import { createInterface } from "node:readline";
import { Reporter } from "../reporter";

/** Asks the person at the terminal for a value; the default for an empty line, and where there is no terminal. */
export async function ask(question: string, byDefault: string | undefined): Promise<string | undefined> {
  if (!process.stdin.isTTY) return byDefault;
  new Reporter(process.stderr).prompt(`${question}${byDefault === undefined ? "" : ` [${byDefault}]`}: `);
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line.trim() === "" ? byDefault : line.trim();
    return byDefault;
  } finally {
    lines.close();
  }
}
