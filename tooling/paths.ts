import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The repository's root, found from the sources and from the compiled files. */
export const ROOT = rootFrom(__dirname);

/** Working directory of the demo: the repository, or a test's own directory. */
const HOME = process.env["GROUNDWORK_HOME"] ?? ROOT;

/** Files of the local cloud and the demo; ignored by git, safe to delete while neither runs. */
export const WORK = join(HOME, ".groundwork");

/** Output directory of the synthesized stacks. Their state files are in {@link WORK}, three levels above each stack. */
export const OUTPUT = join(HOME, "cdktf.out");

/** A directory for files that are built or downloaded once, outside the repository and shared by all checkouts. */
export function cacheDirectory(name: string): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "groundwork", name);
}

function rootFrom(directory: string): string {
  if (existsSync(join(directory, "cdktf.json"))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error(`no cdktf.json above ${__dirname}`);
  return rootFrom(parent);
}
