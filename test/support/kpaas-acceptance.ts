import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SCRIPT = join(__dirname, "kpaas-acceptance.sh");

/** What the installer's first or second script says about its variables: nothing when it takes them. */
export function acceptance(text: string, script: "first" | "second"): string {
  const folder = mkdtempSync(join(tmpdir(), "kpaas-acceptance-"));
  const file = join(folder, "cp-cluster-vars.sh");
  writeFileSync(file, text);
  // Nothing of this machine's environment may take the place of a variable.
  const { stdout, stderr, status } = spawnSync("bash", [SCRIPT, file, script], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
  });
  rmSync(folder, { recursive: true });
  if (status !== 0 && status !== 2) throw new Error(`acceptance rules failed: ${stderr}`);
  return status === 0 ? stderr : `${stdout}${stderr}`.trim();
}

/** The values that bash has after it has read the text, by the names that are asked for. */
export function sourced(text: string, names: readonly string[]): Readonly<Record<string, string>> {
  const print = names.map((name) => `printf '%s\\0' "$${name}"`).join("\n");
  // A bash that has a socket before it takes itself for one of ssh's, and reads a person's own settings first.
  const { stdout } = spawnSync("bash", ["--norc", "-c", `${text}\n${print}`], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
  });
  const values = stdout.split("\0");
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
}
