import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureCached } from "../cached-directory";
import { cacheDirectory } from "../paths";
import { platform } from "../platform";
import { run } from "../process/run";
import { download, DownloadError, UnreachableError } from "./download";

/** Binaries that a project publishes for one version of its programs. */
export interface Release {
  /** Common name of the programs, as in their Go module. */
  readonly name: string;
  readonly version: string;
  /** Files by platform in Go's notation, such as `linux_amd64`; a platform without a file has no official binaries, or no known checksum. */
  readonly files: Readonly<Record<string, ReleasedFile>>;
}

/** A published file: an archive of programs, or a program. */
export interface ReleasedFile {
  readonly url: string;
  /** SHA-256 or SHA-512, hexadecimal. */
  readonly checksum: string;
  /** Programs with their paths in the archive, or the program that the file is. */
  readonly programs: Readonly<Record<string, string>> | string;
}

/** Interval between two progress lines. */
const PROGRESS_MS = 3_000;

/** Settings of the downloads of a run. */
export interface ReleaseDownloadsProps {
  readonly log: (line: string) => void;
  /** Ends a download. @default - nothing ends it early */
  readonly abort?: AbortSignal | undefined;
  /** Whether progress is logged. @default - on a terminal */
  readonly isTerminal?: boolean;
}

/** The downloads of one run, which remember the servers that cannot be reached. */
export class ReleaseDownloads {
  private readonly unreachable = new Map<string, UnreachableError>();

  constructor(private readonly props: ReleaseDownloadsProps) {}

  /** Downloads the programs of a release unless they are in the cache; returns their directory. */
  async ensure(release: Release): Promise<string> {
    const file = release.files[platform()];
    if (file === undefined)
      throw new DownloadError(`there are no verified binaries of ${release.name} ${release.version} for ${platform()}`);
    const directory = releaseDirectory(release, file);
    await ensureCached(directory, (draft) => this.fill(draft, directory, release, file), this.props.abort);
    return directory;
  }

  private async fill(draft: string, directory: string, release: Release, file: ReleasedFile): Promise<void> {
    const { abort } = this.props;
    const archive = `${directory}.download`;
    try {
      await this.receive(archive, release, file);
      await unpack(archive, file, draft, abort);
    } finally {
      rmSync(archive, { force: true });
    }
  }

  private async receive(archive: string, { name, version }: Release, { url, checksum }: ReleasedFile): Promise<void> {
    const { log, abort } = this.props;
    const { host } = new URL(url);
    const known = this.unreachable.get(host);
    if (known !== undefined) throw known;
    log(`downloading ${name} ${version} from ${host} (once)`);
    try {
      await download({ url, checksum, file: archive, abort, onProgress: this.progressOf(name) });
    } catch (error) {
      if (error instanceof UnreachableError) this.unreachable.set(host, error);
      throw error;
    }
  }

  /** Lines for a person who waits; a log file needs none. */
  private progressOf(name: string): (received: number, size: number | undefined) => void {
    const { log, isTerminal = process.stdout.isTTY } = this.props;
    let loggedAt = Date.now();
    return (received, size) => {
      if (!isTerminal || Date.now() - loggedAt < PROGRESS_MS) return;
      loggedAt = Date.now();
      log(`  ${name}: ${megabytes(received)}${size === undefined ? "" : ` of ${megabytes(size)}`} MB`);
    };
  }
}

/** Cache directory of the programs of a release; its name contains the version and the beginning of the checksum. */
export function releaseDirectory({ name, version }: Release, { checksum }: ReleasedFile): string {
  return cacheDirectory(`${name}-${version}-${checksum.slice(0, 16)}`);
}

/** Moves the programs of a file into a directory. */
async function unpack(
  file: string,
  { url, programs }: ReleasedFile,
  directory: string,
  abort: AbortSignal | undefined,
): Promise<void> {
  if (typeof programs === "string") {
    copyFileSync(file, join(directory, programs));
    chmodSync(join(directory, programs), 0o755);
    return;
  }
  const unpacked = join(directory, "unpacked");
  mkdirSync(unpacked);
  try {
    await run({ command: "tar", args: ["-xzf", file, "-C", unpacked, ...Object.values(programs)], abort });
  } catch (error) {
    abort?.throwIfAborted();
    throw new DownloadError(`${url} cannot be unpacked (${messageOf(error)})`, { cause: error });
  }
  for (const [program, path] of Object.entries(programs)) renameSync(join(unpacked, path), join(directory, program));
  rmSync(unpacked, { recursive: true });
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
