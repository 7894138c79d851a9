import { join } from "node:path";
import { execaSync } from "execa";
import { ensureBuilt, type GoModule, goVersion, isBuilt, programsDirectory } from "../go-programs";
import { packageDirectory } from "../paths";

/** OpenTofu from its Go module. Building it takes about 13 minutes on two cores, once. */
const OPENTOFU: GoModule = {
  name: "opentofu",
  directory: join(packageDirectory(__dirname), "terraform/opentofu"),
  versionOf: "github.com/opentofu/opentofu",
  programs: [{ program: "tofu", package: "github.com/opentofu/opentofu/cmd/tofu" }],
};

/** OpenTofu in `PATH`, or one that was built earlier; undefined if there is neither. */
export function findOpentofu(): string | undefined {
  if (!execaSync("tofu", ["version"], { stdio: "ignore", reject: false }).failed) return "tofu";
  const go = goVersion(OPENTOFU.directory, 25);
  return go !== undefined && isBuilt(OPENTOFU, go) ? join(programsDirectory(OPENTOFU, go), "tofu") : undefined;
}

/** OpenTofu in `PATH`, or built from its Go module. */
export async function ensureOpentofu(log: (line: string) => void, abort?: AbortSignal): Promise<string> {
  const found = findOpentofu();
  if (found !== undefined) return found;
  const go = goVersion(OPENTOFU.directory, 25);
  if (go === undefined)
    throw new Error(
      "neither tofu nor Go ≥ 1.25 is installed; install OpenTofu ≥ 1.11 from opentofu.org, or Go from go.dev/doc/install",
    );
  return join(await ensureBuilt(OPENTOFU, go, log, abort), "tofu");
}
