import { spawn, type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, textOf } from "../support/repository";

const BIN = join(ROOT, "cli/bin/groundwork.cjs");
const directory = mkdtempSync(join(tmpdir(), "groundwork bin é "));

/** Runs the compiled command line in a process of its own (build first: npm run build). */
function groundwork(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = directory): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [...(env["PRELOAD"]?.split(",") ?? []), BIN, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
}

/** A project whose app runs a program. */
function project(app: string): string {
  const path = mkdtempSync(join(directory, "project "));
  writeFileSync(join(path, "app.js"), app);
  writeFileSync(join(path, "cdktf.json"), JSON.stringify({ app: `"${process.execPath}" app.js` }));
  return path;
}

describe("the program groundwork", () => {
  test("prints its version", () => {
    const { stdout, status } = groundwork(["--version"]);
    const { version } = JSON.parse(textOf("cli/package.json")) as { version: string };
    expect({ stdout, status }).toEqual({ stdout: `${version}\n`, status: 0 });
  });

  test("fails with one line on standard error, without a stack trace and without colours", () => {
    const { stdout, stderr, status } = groundwork(["synth"], { FORCE_COLOR: undefined });
    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toMatch(/^error: no cdktf\.json in .*; change to the directory of your project, .*\n$/);
  });

  test("prints the stack trace with --verbose", () => {
    const { stderr, status } = groundwork(["synth", "--verbose"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: no cdktf\.json.*\nError: no cdktf\.json.*\n {4}at /);
  });

  test("fails for an unknown command", () => {
    const { stderr, status } = groundwork(["swep"]);
    expect({ stderr, status }).toEqual({
      stderr: "error: unknown command 'swep' (did you mean sweep?); npx groundwork --help shows the usage\n",
      status: 1,
    });
  });

  test("fails on an old Node with the version found, before anything else", () => {
    const preload = join(directory, "old-node.cjs");
    writeFileSync(
      preload,
      'Object.defineProperty(process, "versions", { value: Object.assign({}, process.versions, { node: "18.20.1" }) });',
    );
    const { stderr, status } = groundwork(["--version"], { PRELOAD: `--require,${preload}` });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^error: groundwork requires Node 20\.19 or later, and this is Node 18\.20\.1 \(.*\); install a newer one/,
    );
  });

  test("is started by a file that an old Node can parse", () => {
    const code = textOf("cli/bin/groundwork.cjs").replace(/^\s*\/\/.*$/gm, "");
    expect(code).not.toMatch(/\b(const|let|class|async|await|import)\b|=>|`|\?\.|\?\?|\.\.\.|,\s*\)/);
  });

  test("prints JSON that can be parsed although the app prints text", () => {
    const app = `console.log("text");
const fs = require("fs"), path = require("path"), out = process.env.CDKTF_OUTDIR;
fs.mkdirSync(path.join(out, "stacks/a"), { recursive: true });
fs.writeFileSync(path.join(out, "stacks/a/cdk.tf.json"), "{}");
fs.writeFileSync(path.join(out, "manifest.json"), '{"stacks":{"a":{"name":"a","workingDirectory":"stacks/a","dependencies":[]}}}');`;
    const { stdout, stderr, status } = groundwork(["synth", "--json"], {}, project(app));
    expect({ stderr, status }).toEqual({ stderr: "text\n", status: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ stacks: [{ id: "a" }], networks: [] });
  });

  test("fails for a scan that cannot run, because Python is missing: a skip is no success", () => {
    const { stderr, status } = groundwork(
      ["scan"],
      { PATH: directory, XDG_CACHE_HOME: join(directory, "cache") },
      project(""),
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: python3 ≥ 3\.10 is required and is not installed; install it from python\.org/);
  });

  test("fails for a local cloud that cannot start, because Terraform is missing", () => {
    const { stderr, status } = groundwork(["local", "up"], { PATH: directory }, project(""));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: neither terraform nor tofu is installed; install /);
  });

  test("reports that the local cloud is not running, as text and as JSON", () => {
    const cwd = project("");
    const text = groundwork(["local", "status"], {}, cwd);
    expect({ out: text.stdout, status: text.status }).toEqual({ out: "the local cloud is not running\n", status: 1 });
    const json = groundwork(["local", "status", "--json"], {}, cwd);
    expect({ out: JSON.parse(json.stdout) as unknown, status: json.status }).toEqual({
      out: { running: false },
      status: 1,
    });
  });

  test("ends its app and itself on a signal, with the signal's exit code", async () => {
    const child = spawn(process.execPath, [BIN, "synth"], {
      cwd: project('console.log("started"); setInterval(() => undefined, 1000);'),
      stdio: ["ignore", "pipe", "pipe"],
    });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGINT");
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).toBe(130);
  });
});
