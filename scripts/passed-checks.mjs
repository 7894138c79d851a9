// @ts-check
// Which checks passed, and with which inputs: a check of the same inputs is not run again.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {(path: string) => boolean} [reads] - the files that it may read; by default all of the repository
 * @property {boolean} [readsHistory] - whether its result depends on the last commit
 * @property {() => Promise<number>} run - returns an exit code
 */

/** The checks of a repository that passed, in a file that git ignores. */
export class PassedChecks {
  /**
   * @param {string} root
   * @param {string} [file]
   */
  constructor(root, file = join(root, ".groundwork/passed-checks.json")) {
    this.root = root;
    this.file = file;
  }

  /**
   * Runs a check, unless it passed with the same inputs: the contents of all files that git does not ignore, the installed packages
   * and the version of Node. Directories that git ignores contain only what is made from these.
   *
   * @param {Check} check
   * @returns {Promise<number>} its exit code
   */
  async run(check) {
    const before = this.inputsOf(check);
    if (before !== undefined && this.all()[check.name] === before) {
      console.log(`${check.name}: passed before with the same inputs`);
      return 0;
    }
    const code = await check.run();
    // Without what was changed while it ran.
    if (code === 0 && before !== undefined && this.inputsOf(check) === before) this.add(check.name, before);
    return code;
  }

  /**
   * A hash of everything that the result of a check depends on; undefined without git.
   *
   * @param {Check} check
   * @returns {string | undefined}
   */
  inputsOf({ reads = () => true, readsHistory = false }) {
    const listed = this.git("ls-files", "-z", "--cached", "--others", "--exclude-per-directory=.gitignore");
    if (listed === undefined) return undefined;
    const hash = createHash("sha256");
    hash.update(JSON.stringify([process.version, process.platform, process.arch]));
    if (readsHistory) hash.update(JSON.stringify(this.git("rev-parse", "HEAD") ?? ""));
    const paths = [...new Set(listed.split("\0"))].filter((path) => path !== "" && reads(path)).sort();
    for (const path of [...paths, "node_modules/.package-lock.json"]) hash.update(this.contentOf(path));
    return hash.digest("hex");
  }

  /**
   * The path and the hash of a file; nothing for one that was deleted, which git may still list.
   *
   * @param {string} path
   * @returns {string}
   */
  contentOf(path) {
    const file = join(this.root, path);
    if (!existsSync(file)) return "";
    return JSON.stringify([path, createHash("sha256").update(readFileSync(file)).digest("hex")]);
  }

  /** @returns {Record<string, string>} */
  all() {
    try {
      return JSON.parse(readFileSync(this.file, "utf8"));
    } catch {
      return {};
    }
  }

  /**
   * @param {string} name
   * @param {string} inputs
   */
  add(name, inputs) {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify({ ...this.all(), [name]: inputs }));
  }

  /** @param {string[]} args */
  git(...args) {
    const { status, stdout } = spawnSync("git", args, {
      cwd: this.root,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    return status === 0 ? stdout : undefined;
  }
}
