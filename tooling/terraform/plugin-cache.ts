import { mkdirSync } from "node:fs";
import { objectOf } from "../objects";
import { cacheDirectory } from "../paths";
import type { SynthesizedStack } from "./synthesized";
import { Terraform } from "./terraform";

/** Environment variables that make Terraform cache downloaded providers (up to half a gigabyte each) outside the repository. */
export function pluginCacheEnvironment(): NodeJS.ProcessEnv {
  const cache = cacheDirectory("terraform-providers");
  mkdirSync(cache, { recursive: true });
  return { TF_PLUGIN_CACHE_DIR: cache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" };
}

/**
 * Downloads the providers of stacks into the cache of an environment, so that the stacks can be initialized at the same time: Terraform's
 * runs share the cache without a lock, and only read a provider that it contains. Does nothing for an environment without a cache.
 */
export async function fillPluginCache(
  stacks: readonly SynthesizedStack[],
  env: NodeJS.ProcessEnv,
  abort: AbortSignal,
): Promise<void> {
  if (env["TF_PLUGIN_CACHE_DIR"] === undefined) return;
  for (const { directory } of withOtherProviders(stacks)) await new Terraform(directory, env, abort).init();
}

/** The stacks that require a provider, or a version of it, that no stack before them requires. */
export function withOtherProviders<T extends Pick<SynthesizedStack, "json">>(stacks: readonly T[]): readonly T[] {
  const known = new Set<string>();
  return stacks.filter(({ json }) => {
    const required = Object.values(objectOf(objectOf(json["terraform"])["required_providers"])).map((provider) =>
      JSON.stringify(provider),
    );
    const isOther = required.some((provider) => !known.has(provider));
    for (const provider of required) known.add(provider);
    return isOther;
  });
}
