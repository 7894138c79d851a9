import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SCRIPT = join(__dirname, "kpaas-acceptance.sh");

/** Result of the installer's first or second check of its variables; empty if it accepts them. */
export function acceptance(text: string, script: "first" | "second"): string {
  const directory = mkdtempSync(join(tmpdir(), "kpaas-acceptance-"));
  const file = join(directory, "cp-cluster-vars.sh");
  writeFileSync(file, text);
  // Variables of this machine's environment must not replace missing ones.
  const { stdout, stderr, status } = spawnSync("bash", [SCRIPT, file, script], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
  });
  rmSync(directory, { recursive: true });
  if (status !== 0 && status !== 2) throw new Error(`acceptance rules failed: ${stderr}`);
  return status === 0 ? stderr : `${stdout}${stderr}`.trim();
}

/** Values of variables after bash has sourced a text. */
export function sourced(text: string, names: readonly string[]): Readonly<Record<string, string>> {
  const print = names.map((name) => `printf '%s\\0' "$${name}"`).join("\n");
  // With a socket as standard input bash assumes a remote shell and would read ~/.bashrc.
  const { stdout } = spawnSync("bash", ["--norc", "-c", `${text}\n${print}`], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
  });
  const values = stdout.split("\0");
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
}
