import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { takeLock } from "./lock";
import { cacheDirectory, ROOT } from "./paths";
import { until } from "./process/background";
import { run } from "./process/run";

/** One pinned Go module, kept with its sums, and the programs that are built from it. */
export interface GoModule {
  /** What its programs are called together, for a directory of the cache. */
  readonly name: string;
  /** Where its `go.mod` and `go.sum` lie, from the repository's root. */
  readonly directory: string;
  /** The dependency that says the version. */
  readonly versionOf: string;
  /** What is built, and under which path of the module's place in the cache it lies then. */
  readonly programs: readonly { readonly program: string; readonly package: string; readonly file?: string }[];
  /** Tells the programs their version, as flags of the linker. @default - they know it themselves */
  readonly stamp?: (version: string) => string;
}

/** Written last: without it the programs were never finished. */
const FINISHED = "groundwork-finished";

/** The version of Go that would build a module; nothing when there is none that can. */
export function goVersion(directory: string, leastMinor: number): string | undefined {
  // Asked in the module, since a Go that is too old may bring its own successor.
  const { status, stdout } = spawnSync("go", ["env", "GOVERSION"], { cwd: join(ROOT, directory), encoding: "utf8" });
  const [, major = "0", minor = "0"] = /go(\d+)\.(\d+)/.exec(stdout) ?? [];
  return status === 0 && (Number(major) > 1 || Number(minor) >= leastMinor) ? stdout.trim() : undefined;
}

/** Key of what is built from a module: everything that decides what comes out. */
export function moduleKey(goMod: string, goSum: string, go: string): string {
  return createHash("sha256").update([goMod, goSum, go].join("\0")).digest("hex").slice(0, 16);
}

/** Version of a dependency as a `go.mod` names it. */
export function pinnedVersion(goMod: string, dependency: string): string {
  const line = goMod.split("\n").find((text) =>
    text
      .trim()
      .replace(/^require /, "")
      .startsWith(`${dependency} v`),
  );
  const version = line?.split(dependency)[1]?.trim().split(" ")[0];
  if (version === undefined) throw new Error(`no version of ${dependency} in go.mod`);
  return version;
}

/** Version that a module pins. */
export function versionOf({ directory, versionOf: dependency }: GoModule): string {
  return pinnedVersion(readFileSync(join(ROOT, directory, "go.mod"), "utf8"), dependency);
}

/** Where a module's programs lie once they are built: outside the tree, under a name made of everything that decides them. */
export function homeOf({ name, directory }: GoModule, go: string): string {
  const read = (file: string): string => readFileSync(join(ROOT, directory, file), "utf8");
  return cacheDirectory(`${name}-${moduleKey(read("go.mod"), read("go.sum"), go)}`);
}

/** Whether a module's programs are built already. */
export function isBuilt(module: GoModule, go: string): boolean {
  return existsSync(join(homeOf(module, go), FINISHED));
}

/** Builds a module's programs unless they are there; answers where they are. */
export async function ensureBuilt(
  module: GoModule,
  go: string,
  say: (line: string) => void,
  abort?: AbortSignal,
): Promise<string> {
  const home = homeOf(module, go);
  const isFinished = (): boolean => isBuilt(module, go);
  if (isFinished()) return home;
  mkdirSync(dirname(home), { recursive: true });
  const release = await lockOrFinished(`${home}.lock`, isFinished);
  if (release === undefined) return home;
  // Built under another name and moved when whole: who is interrupted here leaves nothing that looks finished.
  const draft = mkdtempSync(`${home}.`);
  try {
    // One after another: two linkers at once are what eats memory.
    for (const wanted of module.programs) await build(module, wanted, draft, say, abort);
    writeFileSync(join(draft, FINISHED), "");
    rmSync(home, { recursive: true, force: true });
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  } finally {
    release();
  }
  return home;
}

/** Takes the lock, or waits until whoever has it has finished; nothing when there is nothing left to do. */
async function lockOrFinished(file: string, isFinished: () => boolean): Promise<(() => void) | undefined> {
  const busy = "somebody else builds the same programs";
  let release: (() => void) | undefined;
  await until(
    () => {
      if (isFinished()) return true;
      try {
        release = takeLock(file, busy);
        return true;
      } catch (error) {
        if (error instanceof Error && error.message.startsWith(busy)) return false;
        throw error;
      }
    },
    Number.POSITIVE_INFINITY,
    500,
  );
  return release;
}

async function build(
  module: GoModule,
  { program, package: path, file = program }: GoModule["programs"][number],
  draft: string,
  say: (line: string) => void,
  abort?: AbortSignal,
): Promise<void> {
  const version = versionOf(module);
  say(`building ${program} ${version} from its Go module (once)`);
  let compiled = 0;
  let lastSaid = Date.now();
  const trouble: string[] = [];
  const onLine = (line: string): void => {
    // `go build -v` says each package it compiles; a module it downloads or an error has blanks in it.
    if (/^\S+$/.test(line)) compiled += 1;
    else trouble.push(line);
    if (Date.now() - lastSaid < 15_000) return;
    lastSaid = Date.now();
    say(`  ${program}: ${compiled} packages compiled`);
  };
  const flags = `-s -w ${module.stamp?.(version) ?? ""}`.trim();
  const output = join(draft, file);
  mkdirSync(dirname(output), { recursive: true });
  try {
    await run({
      command: "nice",
      args: ["-n", "10", "go", "build", "-v", "-trimpath", "-ldflags", flags, "-o", output, path],
      cwd: join(ROOT, module.directory),
      env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly -buildvcs=false", GOWORK: "off" },
      onLine,
      abort,
    });
  } catch (error) {
    throw new Error(`${program} could not be built:\n${trouble.slice(-10).join("\n")}`, { cause: error });
  }
}
