// @ts-check
// npm run test:fork: the unit tests with cdktn, the maintained fork of CDKTF, to verify that users can migrate.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ROOT, run } from "./run.mjs";

const FORK = "npm:cdktn@0.24.0";
const OMITTED = new Set(["node_modules", "lib", ".git", ".groundwork", "cdktf.out", "package-lock.json"]);

const copy = mkdtempSync(join(tmpdir(), "groundwork-fork-"));
try {
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !OMITTED.has(basename(path)) });
  edit("package.json", (manifest) => {
    delete manifest.devDependencies["cdktf-cli"];
    manifest.devDependencies.cdktf = FORK;
    // Providers depend on "cdktf"; the override installs the fork under this name.
    manifest.overrides = { cdktf: "$cdktf" };
  });
  edit("constructs/package.json", (manifest) => {
    delete manifest.peerDependencies;
    manifest.devDependencies.cdktf = FORK;
  });
  edit("stacks/package.json", (manifest) => {
    manifest.dependencies.cdktf = FORK;
  });
  console.log("installing the fork in a copy of the project");
  await run("npm", ["install", "--no-audit", "--no-fund", "--legacy-peer-deps", "--loglevel", "error"], { cwd: copy });
  await run(
    process.execPath,
    ["node_modules/jest/bin/jest.js", "--coverage=false", "--silent", "test/constructs", "test/stacks", "test/golden"],
    { cwd: copy },
  );
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/**
 * @param {string} path
 * @param {(manifest: any) => void} change
 */
function edit(path, change) {
  const manifest = JSON.parse(readFileSync(join(copy, path), "utf8"));
  change(manifest);
  writeFileSync(join(copy, path), JSON.stringify(manifest));
}
