import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./repository";

/** Whether golden files are written instead of compared: `UPDATE_GOLDEN=1 npx jest test/golden`. */
export const UPDATING = process.env["UPDATE_GOLDEN"] === "1";

/** Text of a golden file; empty if it does not exist. */
export function golden(name: string): string {
  const path = join(ROOT, "test/golden", name);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** Writes a golden file. */
export function writeGolden(name: string, text: string): void {
  const path = join(ROOT, "test/golden", name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
