import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheDirectory } from "@groundwork/tooling/paths";

/**
 * Programs of Debian or Ubuntu packages, unpacked without installing them. `undefined` without apt-get: a warning is printed, and
 * in CI the test fails.
 */
export function unpacked(name: string, packages: readonly string[]): string | undefined {
  const home = cacheDirectory(`unpacked-${name}`);
  if (existsSync(home)) return home;
  if (spawnSync("apt-get", ["--version"]).error !== undefined) {
    if (process.env["CI"] === "true") throw new Error(`${name} needs apt-get to download ${packages.join(" and ")}`);
    console.warn(`skipped: tests with ${name}; apt-get (Debian, Ubuntu) is needed to download it`);
    return undefined;
  }
  mkdirSync(dirname(home), { recursive: true });
  const draft = mkdtempSync(`${home}.`);
  const download = () => spawnSync("apt-get", ["download", "--quiet", ...packages], { cwd: draft });
  // The package index is missing or outdated.
  if (download().status !== 0) {
    execFileSync("apt-get", ["update", "--quiet"], { stdio: "ignore" });
    download();
  }
  const files = readdirSync(draft).filter((file) => file.endsWith(".deb"));
  if (files.length < packages.length) throw new Error(`apt-get could not download ${packages.join(", ")}`);
  for (const file of files) execFileSync("dpkg-deb", ["--extract", file, draft], { cwd: draft });
  if (!existsSync(home)) renameSync(draft, home);
  rmSync(draft, { recursive: true, force: true });
  return home;
}

/** Copies a program and its libraries below a directory, so that it runs with that directory as its root. */
export function transplant(program: string, root: string, path: string): void {
  const libraries = execFileSync("ldd", [program], { encoding: "utf8" }).match(/\/\S+(?= \()/g) ?? [];
  for (const [from, to] of [[program, path] as const, ...libraries.map((library) => [library, library] as const)]) {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    copyFileSync(from, join(root, to));
  }
}
