import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Resource types that the library's constructs create, found by the provider classes that its sources import. */
export function typedResources(directory: string): readonly string[] {
  const types = sources(directory).flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/@(?:cdktf|groundwork)\/provider-(\w+)\/lib\/([\w-]+)"/g)]
      .filter(([, , name = ""]) => name !== "provider" && !name.startsWith("data-"))
      .map(([, provider = "", name = ""]) => `${provider}_${name.replaceAll("-", "_")}`),
  );
  return [...new Set(types)].sort();
}

function sources(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === "lib" || entry.name === "node_modules" ? [] : sources(path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });
}
