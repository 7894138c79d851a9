import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** The project's root. */
export const ROOT = join(__dirname, "../..");

const SKIPPED = new Set(["node_modules", "lib", "cdktf.out", ".git", ".groundwork", "coverage"]);

/** Files below a directory of the project, as paths relative to its root. */
export function filesBelow(folder: string, ending: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path, ending);
      return entry.name.endsWith(ending) ? [relative(ROOT, join(ROOT, path))] : [];
    });
}

/** Text of a file. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Module specifiers that a file imports. */
export function importsOf(path: string): readonly string[] {
  return [...textOf(path).matchAll(/^(?:import|export)[^"';]*?from "([^"]+)";/gms)].map((match) => match[1] ?? "");
}
