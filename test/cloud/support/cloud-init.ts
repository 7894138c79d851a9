import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheDirectory } from "@groundwork/tooling/paths";
import { python } from "@groundwork/tooling/python";

/** Directory of the package's Python modules. */
const MODULES = "usr/lib/python3/dist-packages";

/**
 * Directory of cloud-init, for its schema check. It is not on PyPI; the package of Debian or Ubuntu is unpacked without installing
 * it. `undefined` without apt-get: a warning is printed, and in CI the test fails.
 */
export function cloudInitHome(): string | undefined {
  const home = cacheDirectory("cloud-init");
  if (existsSync(home)) return home;
  if (spawnSync("apt-get", ["--version"]).error !== undefined) {
    if (process.env["CI"] === "true") throw new Error("cloud-init's schema check needs apt-get to download cloud-init");
    console.warn("skipped: cloud-init's schema check; it needs apt-get (Debian, Ubuntu) to download cloud-init");
    return undefined;
  }
  mkdirSync(join(home, ".."), { recursive: true });
  const draft = mkdtempSync(`${home}.`);
  const download = () => spawnSync("apt-get", ["download", "--quiet", "cloud-init"], { cwd: draft });
  // The package index is missing or outdated.
  if (download().status !== 0) {
    execFileSync("apt-get", ["update", "--quiet"], { stdio: "ignore" });
    download();
  }
  const file = readdirSync(draft).find((name) => name.endsWith(".deb"));
  if (file === undefined) throw new Error("apt-get could not download cloud-init");
  execFileSync("dpkg-deb", ["--extract", file, draft], { cwd: draft });
  if (!existsSync(home)) renameSync(draft, home);
  rmSync(draft, { recursive: true, force: true });
  return home;
}

/** Runs cloud-init's schema check on a cloud-config. */
export function schemaCheck(home: string, text: string): { readonly code: number | null; readonly output: string } {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-schema-"));
  const file = join(directory, "user-data");
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(
    python(),
    ["-m", "cloudinit.cmd.main", "schema", "--config-file", file],
    {
      env: { ...process.env, PYTHONPATH: join(home, MODULES) },
      encoding: "utf8",
    },
  );
  rmSync(directory, { recursive: true });
  return { code: status, output: `${stdout}${stderr}` };
}
