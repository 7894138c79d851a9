import { isCached } from "./cached-directory";
import { DownloadError } from "./downloads/download";
import {
  type Release,
  releaseDirectory,
  ReleaseDownloads,
  type ReleaseDownloadsProps,
} from "./downloads/released-programs";
import { ensureBuilt, type GoModule, goVersion, isBuilt, programsDirectory } from "./go-programs";
import { platform } from "./platform";

/** Programs that are downloaded as official binaries, or built from their Go module. */
export interface Programs {
  readonly release: Release;
  readonly module: GoModule;
  /** Minor version of Go 1 that the module needs at least. */
  readonly leastGo: number;
}

/** Programs can neither be downloaded nor built. The message is one sentence with the fix, without a period. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
}

/** Environment variable that forces one of the two ways. */
const VARIABLE = "GROUNDWORK_BINARIES";

/**
 * Puts programs into the cache, in one run: official binaries are tried first; where they cannot be downloaded, the programs are
 * built. `GROUNDWORK_BINARIES=download` or `build` forces one of the two ways.
 */
export class ProgramInstallation {
  private readonly downloads: ReleaseDownloads;
  private readonly reported = new Set<string>();

  constructor(private readonly props: ReleaseDownloadsProps) {
    this.downloads = new ReleaseDownloads(props);
  }

  /** Downloads or builds programs unless they are in the cache; returns their directory. */
  async ensure(programs: Programs): Promise<string> {
    const cached = cachedPrograms(programs);
    if (cached !== undefined) return cached;
    const way = configuredWay();
    if (way === "build") return this.build(programs, `${VARIABLE} is build`);
    try {
      return await this.downloads.ensure(programs.release);
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      if (way === "download")
        throw new UnavailableError(`${error.message}; allow the download, or unset ${VARIABLE}, which is download`);
      return this.build(programs, error.message);
    }
  }

  private async build({ module, leastGo }: Programs, reason: string): Promise<string> {
    const { log, abort } = this.props;
    const go = goVersion(module.directory, leastGo);
    if (go === undefined)
      throw new UnavailableError(
        `${reason}, and Go ≥ 1.${leastGo}, which could build ${module.name}, is missing; install Go from go.dev/doc/install or with your package manager, or allow the download`,
      );
    // Once for several programs of one server.
    if (!this.reported.has(reason))
      log(`${reason}: ${module.name} is built from its Go module, which takes several minutes`);
    this.reported.add(reason);
    return ensureBuilt(module, go, log, abort);
  }
}

/** The directory of programs in the cache; `undefined` if they have to be downloaded or built. */
export function cachedPrograms({ module, release, leastGo }: Programs): string | undefined {
  const way = configuredWay();
  const go = way === "download" ? undefined : goVersion(module.directory, leastGo);
  if (go !== undefined && isBuilt(module, go)) return programsDirectory(module, go);
  const file = way === "build" ? undefined : release.files[platform()];
  const directory = file === undefined ? undefined : releaseDirectory(release, file);
  return directory !== undefined && isCached(directory) ? directory : undefined;
}

function configuredWay(): "download" | "build" | undefined {
  const value = process.env[VARIABLE];
  if (value === undefined || value === "") return undefined;
  if (value === "download" || value === "build") return value;
  throw new Error(`${VARIABLE} is ${JSON.stringify(value)}; it must be download or build`);
}
