import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Words of the environment by which Terraform keeps what it downloads for the next stack, outside of the tree: each provider has
 * up to half a gigabyte.
 */
export function cacheWords(): NodeJS.ProcessEnv {
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "groundwork", "terraform-providers");
  mkdirSync(cache, { recursive: true });
  return { TF_PLUGIN_CACHE_DIR: cache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" };
}
