import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const ROOT = join(__dirname, "../../..");

/** Result of a pipeline. */
export interface PipelineOutcome {
  readonly code: number | null;
  readonly output: string;
}

/** A repository with a pipeline, run by gitlab-ci-local with its shell executor. */
export class PipelineRun {
  readonly directory = mkdtempSync(join(tmpdir(), "groundwork-pipeline-"));

  constructor(pipeline: string, files: Readonly<Record<string, string>> = {}) {
    const all = {
      ".gitlab-ci.yml": pipeline,
      ".gitignore": ".gitlab-ci-local\nnode_modules\npublic\n.npm\n",
      ...files,
    };
    for (const [path, text] of Object.entries(all)) this.write(path, text);
    mkdirSync(join(this.directory, ".bin"));
    if (!has("rsync")) copyFileSync(join(__dirname, "rsync"), join(this.directory, ".bin/rsync"));
    this.git("init", "--quiet", "--initial-branch=main");
    this.git("remote", "add", "origin", "https://gitlab.example.com/lab/site.git");
    this.git("add", "--all");
    this.git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message=all");
  }

  /** Writes a file of the work tree. */
  write(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), text, { mode });
  }

  /** Runs the whole pipeline; programs in `.bin` are first in PATH. */
  async run(environment: Readonly<Record<string, string>> = {}): Promise<PipelineOutcome> {
    const runner = join(ROOT, "node_modules/gitlab-ci-local/dist/index.js");
    const variables = Object.entries(environment).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
    const args = [runner, "--force-shell-executor", "--no-color", "--concurrency", "8"];
    const child = spawn(process.execPath, [...args, ...variables], {
      cwd: this.directory,
      env: {
        ...process.env,
        ...environment,
        PATH: `${join(this.directory, ".bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => {
        resolve({ code, output });
      });
    });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private git(...args: readonly string[]): void {
    execFileSync("git", args, { cwd: this.directory, stdio: "ignore" });
  }
}

function has(program: string): boolean {
  try {
    execFileSync("bash", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
