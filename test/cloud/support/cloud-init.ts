import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheDirectory } from "@groundwork/tooling/paths";
import { python } from "@groundwork/tooling/python";

/** Where the package keeps its modules. */
const MODULES = "usr/lib/python3/dist-packages";

/**
 * cloud-init itself, for its schema check. It is in no registry of Python packages; Debian and Ubuntu have it, and their tools
 * unpack it without installing it. Nothing where there is no apt-get: then CI fails, and a person is told.
 */
export function cloudInitHome(): string | undefined {
  const home = cacheDirectory("cloud-init");
  if (existsSync(home)) return home;
  if (spawnSync("apt-get", ["--version"]).error !== undefined) {
    if (process.env["CI"] === "true") throw new Error("cloud-init's schema check needs apt-get, to fetch cloud-init");
    console.warn("skipped: cloud-init's schema check; it needs apt-get (Debian, Ubuntu) to fetch cloud-init");
    return undefined;
  }
  mkdirSync(join(home, ".."), { recursive: true });
  const draft = mkdtempSync(`${home}.`);
  const download = () => spawnSync("apt-get", ["download", "--quiet", "cloud-init"], { cwd: draft });
  // An index that was never fetched, or names a version that is gone.
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

/** What cloud-init's schema check says of a cloud-config. */
export function schemaCheck(home: string, text: string): { readonly code: number | null; readonly words: string } {
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
  return { code: status, words: `${stdout}${stderr}` };
}
