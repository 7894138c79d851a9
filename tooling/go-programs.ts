import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execaSync } from "execa";
import { ensureCached, isCached } from "./cached-directory";
import { cacheDirectory } from "./paths";
import { run } from "./process/run";

/** A pinned Go module (`go.mod` and `go.sum`), and the programs that are built from it. */
export interface GoModule {
  /** Common name of its programs; part of the cache directory's name. */
  readonly name: string;
  /** Directory of its `go.mod` and `go.sum`. */
  readonly directory: string;
  /** The dependency whose version is the programs' version. */
  readonly versionOf: string;
  /** Programs with their Go packages; `file` is the path within the module's cache directory (default: the program's name). */
  readonly programs: readonly { readonly program: string; readonly package: string; readonly file?: string }[];
  /** Linker flags that set the version in the programs. @default - the programs set it themselves */
  readonly versionFlags?: (version: string) => string;
}

/** Interval between two progress lines of a build. */
const PROGRESS_MS = 15_000;

/** The version of Go that would build a module; `undefined` if Go is missing or too old. */
export function goVersion(directory: string, leastMinor: number): string | undefined {
  // Runs in the module's directory, since an older Go may download the toolchain that go.mod requires.
  const { exitCode, stdout } = execaSync("go", ["env", "GOVERSION"], {
    cwd: directory,
    reject: false,
  });
  const [, major = "0", minor = "0"] = /go(\d+)\.(\d+)/.exec(stdout) ?? [];
  return exitCode === 0 && (Number(major) > 1 || Number(minor) >= leastMinor) ? stdout.trim() : undefined;
}

/** Cache key of a module's programs: a hash of all inputs of the build. */
export function moduleKey(goMod: string, goSum: string, go: string): string {
  return createHash("sha256").update([goMod, goSum, go].join("\0")).digest("hex").slice(0, 16);
}

/** Version of a dependency in a `go.mod`. */
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
  return pinnedVersion(readFileSync(join(directory, "go.mod"), "utf8"), dependency);
}

/** Cache directory of a module's programs, outside the repository; its name contains the {@link moduleKey}. */
export function programsDirectory({ name, directory }: GoModule, go: string): string {
  const read = (file: string): string => readFileSync(join(directory, file), "utf8");
  return cacheDirectory(`${name}-${moduleKey(read("go.mod"), read("go.sum"), go)}`);
}

/** Whether a module's programs are in the cache. */
export function isBuilt(module: GoModule, go: string): boolean {
  return isCached(programsDirectory(module, go));
}

/** Builds a module's programs unless they are in the cache; returns their directory. */
export async function ensureBuilt(
  module: GoModule,
  go: string,
  log: (line: string) => void,
  abort?: AbortSignal,
): Promise<string> {
  const directory = programsDirectory(module, go);
  const buildAll = async (draft: string): Promise<void> => {
    // One after another: linking needs the most memory.
    for (const program of module.programs) await build(module, program, draft, log, abort);
  };
  await ensureCached(directory, buildAll, abort);
  return directory;
}

async function build(
  module: GoModule,
  { program, package: path, file = program }: GoModule["programs"][number],
  draft: string,
  log: (line: string) => void,
  abort?: AbortSignal,
): Promise<void> {
  const version = versionOf(module);
  log(`building ${program} ${version} from its Go module (once)`);
  let compiled = 0;
  let loggedAt = Date.now();
  const errors: string[] = [];
  const onLine = (line: string): void => {
    // `go build -v` prints each package it compiles; downloads and errors contain spaces.
    if (/^\S+$/.test(line)) compiled += 1;
    else errors.push(line);
    if (Date.now() - loggedAt < PROGRESS_MS) return;
    loggedAt = Date.now();
    log(`  ${program}: ${compiled} packages compiled`);
  };
  const flags = `-s -w ${module.versionFlags?.(version) ?? ""}`.trim();
  const output = join(draft, file);
  mkdirSync(dirname(output), { recursive: true });
  try {
    await run({
      command: "nice",
      args: ["-n", "10", "go", "build", "-v", "-trimpath", "-ldflags", flags, "-o", output, path],
      cwd: module.directory,
      env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly -buildvcs=false", GOWORK: "off" },
      onLine,
      abort,
    });
  } catch (error) {
    throw new Error(`${program} could not be built:\n${errors.slice(-10).join("\n")}`, { cause: error });
  }
}
