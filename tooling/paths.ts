import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The repository's root, seen from the sources as well as from what they are compiled to. */
export const ROOT = rootFrom(__dirname);

/** Where the demo works: the repository, or a directory of a test's own. */
const HOME = process.env["GROUNDWORK_HOME"] ?? ROOT;

/** What the local cloud and the demo leave behind; ignored by git, safe to delete when nothing runs. */
export const WORK = join(HOME, ".groundwork");

/** Where the demo's stacks are synthesized to. Their states lie in {@link WORK}, three levels above each stack. */
export const OUTPUT = join(HOME, "cdktf.out");

/** Where what is built or downloaded once is kept, outside the tree and for every checkout. */
export function cacheDirectory(name: string): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "groundwork", name);
}

function rootFrom(directory: string): string {
  if (existsSync(join(directory, "cdktf.json"))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error(`no cdktf.json above ${__dirname}`);
  return rootFrom(parent);
}
