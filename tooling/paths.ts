import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The nearest directory with a file, from a directory upwards; `undefined` if there is none. */
export function findUpwards(file: string, from: string): string | undefined {
  if (existsSync(join(from, file))) return from;
  const parent = dirname(from);
  return parent === from ? undefined : findUpwards(file, parent);
}

/** The package that contains a module, found from its sources and from its compiled files; for files that are read at run time. */
export function packageDirectory(moduleDirectory: string): string {
  const found = findUpwards("package.json", moduleDirectory);
  if (found === undefined) throw new Error(`no package.json above ${moduleDirectory}`);
  return found;
}

/** The CDKTF project of the working directory: the nearest directory with a `cdktf.json`. */
export function projectDirectory(from: string = process.cwd()): string {
  const found = findUpwards("cdktf.json", from);
  if (found === undefined)
    throw new Error(
      `no cdktf.json in ${from} or above it; change to the directory of your project, or create one with npx groundwork init`,
    );
  return found;
}

/** Directory of the files that commands write: the project, or a test's own directory. */
function home(): string {
  return process.env["GROUNDWORK_HOME"] ?? projectDirectory();
}

/** Files of the local cloud and the demo; ignored by git, safe to delete while neither runs. */
export function workDirectory(): string {
  return join(home(), ".groundwork");
}

/** A directory for files that are built or downloaded once, outside the project and shared by all projects. */
export function cacheDirectory(name: string): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "groundwork", name);
}
