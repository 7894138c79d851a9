import { mkdirSync } from "node:fs";
import { cacheDirectory } from "../paths";

/** Environment variables that make Terraform cache downloaded providers (up to half a gigabyte each) outside the repository. */
export function pluginCacheEnvironment(): NodeJS.ProcessEnv {
  const cache = cacheDirectory("terraform-providers");
  mkdirSync(cache, { recursive: true });
  return { TF_PLUGIN_CACHE_DIR: cache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" };
}
