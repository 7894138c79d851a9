import { randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, sep } from "node:path";
import { type CloudDirectories, down } from "@groundwork/local/cloud";
import { acquireLock, LockedError } from "@groundwork/tooling/lock";
import { findUpwards } from "@groundwork/tooling/paths";

/** The directory of one run: a copy of the synthesized stacks, their states, and a local cloud. */
export interface RunDirectory {
  /** The copy of the output directory of the project. */
  readonly output: string;
  readonly cloud: CloudDirectories;
  /** Stops the cloud and deletes everything. */
  readonly remove: () => Promise<void>;
}

/** What a run is for. */
export interface RunDirectoryProps {
  /** Directory of the project. @default - the run has no project */
  readonly project: string | undefined;
  /** Directory of the project's synthesized stacks. */
  readonly output: string;
}

/** Creates the directory of a run, and removes those of runs that were killed. */
export async function createRunDirectory({ project, output }: RunDirectoryProps): Promise<RunDirectory> {
  const parent = runsDirectory(project);
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  await removeKilled(parent);
  const name = randomUUID().slice(0, 8);
  const directory = join(parent, name);
  // Before the directory, which would else look like that of a killed run.
  const release = acquireLock(lockOf(directory), "another run of groundwork prove has the same directory");
  mkdirSync(directory, { mode: 0o700 });
  return {
    output: outputIn(join(directory, "project"), project, output),
    cloud: cloudIn(directory),
    remove: async () => {
      await removeRun(directory);
      release();
    },
  };
}

/** Copies synthesized stacks without Terraform's working files; lock files of providers are kept. */
export function copyStacks(from: string, to: string): void {
  const isOfTerraform = (path: string) => /^\.terraform$|\.tfstate(\..*)?$/.test(basename(path));
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => path === from || !isOfTerraform(path),
  });
}

/** In the project, where `.gitignore` contains it; else in the directory of temporary files. */
function runsDirectory(project: string | undefined): string {
  const home = project ?? findUpwards("cdktf.json", process.cwd());
  return home === undefined
    ? join(tmpdir(), `groundwork-prove-${process.getuid?.() ?? "user"}`)
    : join(process.env["GROUNDWORK_HOME"] ?? home, ".groundwork/prove");
}

function cloudIn(directory: string): CloudDirectories {
  return { directory: join(directory, "cloud"), stateDirectory: join(directory, "state") };
}

function lockOf(directory: string): string {
  return `${directory}.lock`;
}

async function removeRun(directory: string): Promise<void> {
  await down(cloudIn(directory));
  // Symbolic links are deleted, not what they refer to.
  rmSync(directory, { recursive: true, force: true });
}

async function removeKilled(parent: string): Promise<void> {
  const names = readdirSync(parent).map((name) => /^([0-9a-f]{8})(?:\.lock)?$/.exec(name)?.[1]);
  for (const name of new Set(names.filter((one) => one !== undefined))) {
    const directory = join(parent, name);
    try {
      const release = acquireLock(lockOf(directory), "the run is in progress");
      await removeRun(directory);
      release();
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
    }
  }
}

/**
 * Creates an output directory at the place in a copy of the project that it has in the project, so that relative paths from a stack to
 * files of the project stay valid. The copy consists of symbolic links.
 */
function outputIn(copy: string, project: string | undefined, output: string): string {
  const path = project === undefined ? "" : relative(project, output);
  const isInProject = project !== undefined && path !== "" && !path.startsWith("..");
  const segments = isInProject ? path.split(sep) : [basename(output)];
  let [from, to] = [project, copy];
  mkdirSync(to);
  for (const segment of segments) {
    if (isInProject && from !== undefined) link(from, to, segment);
    from = from === undefined ? undefined : join(from, segment);
    to = join(to, segment);
    mkdirSync(to);
  }
  return to;
}

const NOT_LINKED = new Set([".groundwork", ".git"]);

function link(from: string, to: string, except: string): void {
  if (!existsSync(from)) return;
  for (const entry of readdirSync(from, { withFileTypes: true }))
    if (entry.name !== except && !NOT_LINKED.has(entry.name))
      symlinkSync(join(from, entry.name), join(to, entry.name), entry.isDirectory() ? "junction" : "file");
}
