// @ts-check
// npm run test:cdktn: the unit tests with cdktn, the maintained successor of CDKTF, on a copy of the sources that imports it.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { command } from "./command.mjs";
import { withCdktn } from "./packages.mjs";
import { codeOf, ROOT } from "./run.mjs";

/** The copy is below the repository, where Node finds the tools in the repository's `node_modules`. */
const COPY = join(ROOT, ".groundwork/cdktn");
const COPIED = [
  "bindings",
  "constructs",
  "stacks",
  "tooling",
  "local",
  "cli",
  "test",
  "examples",
  "pipelines",
  "docs",
  "manifests",
];
const FILES = ["jest.config.js", "cdktf.json", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"];
const TESTS = ["test/constructs", "test/stacks", "test/golden"];

await command(async () => {
  rmSync(COPY, { recursive: true, force: true });
  for (const path of sources()) copy(path);
  const { initialVersions } = JSON.parse(readFileSync(join(ROOT, "cli/package.json"), "utf8"));
  const dependencies = Object.fromEntries(
    ["cdktn", "@cdktn/provider-aws", "constructs"].map((name) => [name, initialVersions[name]]),
  );
  writeFileSync(join(COPY, "package.json"), JSON.stringify({ private: true, dependencies }));
  console.log("installing cdktn for a copy of the sources");
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  const installed = await codeOf("npm", args, { cwd: COPY, shell: process.platform === "win32" });
  if (installed !== 0) return installed;
  const jest = [join(ROOT, "node_modules/jest/bin/jest.js"), "--coverage=false", "--silent"];
  return await codeOf(process.execPath, [...jest, ...(process.argv.length > 2 ? process.argv.slice(2) : TESTS)], {
    cwd: COPY,
  });
});

/** Files of the repository that git does not ignore. */
function sources() {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...COPIED, ...FILES];
  const listed = execFileSync("git", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  // Git also lists tracked files that were deleted.
  return [...new Set(listed.split("\n"))].filter((path) => path !== "" && existsSync(join(ROOT, path)));
}

/** @param {string} path */
function copy(path) {
  const target = join(COPY, path);
  mkdirSync(dirname(target), { recursive: true });
  if (path.endsWith(".ts")) writeFileSync(target, withCdktn(readFileSync(join(ROOT, path), "utf8")));
  else cpSync(join(ROOT, path), target);
}
