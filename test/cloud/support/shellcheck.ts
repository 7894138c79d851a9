import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pythonHome } from "@groundwork/tooling/python";

/** What shellcheck says of a script, and whether it could be asked. */
export function shellcheck(file: string) {
  const { stdout, stderr, status, error } = spawnSync(join(pythonHome(), "bin/shellcheck"), ["--shell=bash", file], {
    encoding: "utf8",
  });
  return { words: `${stdout}${stderr}`, status, error };
}
