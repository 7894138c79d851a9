import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { cacheDirectory, packageDirectory } from "./paths";
import { run } from "./process/run";
import { requirePython } from "./required-program";

/** File that is written last into an environment: without it the installation was not completed. */
const FINISHED = "groundwork-finished";

/** A virtual environment with pinned Python packages, whose hashes pip verifies, in the cache, one for each version of the list of packages. */
export class PythonEnvironment {
  private readonly requirements: string;

  constructor(
    private readonly name: string,
    /** The list of packages, relative to this package. It is complete: dependencies are not resolved. */
    requirements: string,
    /** Packages of the environment, for the message of the installation. */
    private readonly contents: string,
  ) {
    this.requirements = join(packageDirectory(__dirname), requirements);
  }

  get directory(): string {
    const hash = createHash("sha256").update(readFileSync(this.requirements)).digest("hex").slice(0, 16);
    return cacheDirectory(`${this.name}-${hash}`);
  }

  /** Interpreter of the environment. Start programs as modules (`-m moto.server`), which needs no installed script. */
  get interpreter(): string {
    return join(this.directory, "bin/python");
  }

  /** Creates the environment unless it exists. */
  async ensure(log: (line: string) => void, abort?: AbortSignal): Promise<void> {
    const { directory } = this;
    if (existsSync(join(directory, FINISHED))) {
      // Environments of earlier versions were only renamed.
      moveScripts(directory);
      return;
    }
    log(`installing ${this.contents} into ${directory} (once)`);

    // Created in a temporary directory and renamed when complete: an interrupted installation is never taken for a finished
    // one, and two processes do not disturb each other.
    mkdirSync(dirname(directory), { recursive: true });
    const draft = mkdtempSync(`${directory}.`);
    try {
      await this.create(draft, abort);
      rmSync(directory, { recursive: true, force: true });
      renameSync(draft, directory);
      moveScripts(directory);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(join(directory, FINISHED))) throw error;
    }
  }

  private async create(directory: string, abort: AbortSignal | undefined): Promise<void> {
    requirePython();
    await run({ command: "python3", args: ["-m", "venv", directory], abort });
    const pip = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--no-deps",
      // Only the listed files, and none that runs a program of its own during the installation.
      "--require-hashes",
      "--only-binary",
      ":all:",
      "-r",
      this.requirements,
    ];
    await run({ command: join(directory, "bin/python"), args: pip, abort });
    writeFileSync(join(directory, FINISHED), "");
  }
}

/**
 * Replaces the path of the temporary directory in the scripts of an environment, such as `bin/aws`: their first line is the path of
 * the interpreter when they were installed.
 */
export function moveScripts(directory: string): void {
  const draft = new RegExp(`${directory.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\.\\w{6}(?!\\w)`, "g");
  const bin = join(directory, "bin");
  for (const name of readdirSync(bin)) {
    const file = join(bin, name);
    const status = statSync(file);
    // Programs that are no scripts are larger.
    if (!status.isFile() || status.size > MAX_SCRIPT) continue;
    const text = readFileSync(file, "utf8");
    const moved = text.replace(draft, directory);
    if (moved === text) continue;
    // Another process may run the script, or do the same.
    const replaced = `${file}.${process.pid}`;
    writeFileSync(replaced, moved, { mode: status.mode });
    renameSync(replaced, file);
  }
}

/** Size in bytes of a script, at most. */
const MAX_SCRIPT = 64 * 1024;

const EMULATORS = new PythonEnvironment("python", "requirements.txt", "the emulators (about a minute)");

/** The linter of Python programs. Separate from the emulators, so that linting does not install those. */
export const RUFF = new PythonEnvironment("ruff", "requirements-lint.txt", "ruff");

/** Directory of the environment with the emulators, the scanner and the AWS CLI. */
export function pythonHome(): string {
  return EMULATORS.directory;
}

/** Interpreter of the environment with the emulators. */
export function python(): string {
  return EMULATORS.interpreter;
}

/** Installs the emulators unless they are installed. */
export function ensurePython(log: (line: string) => void, abort?: AbortSignal): Promise<void> {
  return EMULATORS.ensure(log, abort);
}
