import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pythonHome } from "@groundwork/tooling/python";

/** Runs shellcheck on a script; `error` is set if it could not be started. */
export function shellcheck(file: string) {
  const { stdout, stderr, status, error } = spawnSync(join(pythonHome(), "bin/shellcheck"), ["--shell=bash", file], {
    encoding: "utf8",
  });
  return { output: `${stdout}${stderr}`, status, error };
}
