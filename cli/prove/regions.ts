import { blocksOf } from "@groundwork/tooling/terraform/synthesized";
import { objectOf } from "@groundwork/tooling/objects";
import { type Config } from "./declared";
import { providerOf } from "./providers";
import { defaultRegion } from "./redirect/aws";

/** The regions in which a stack has AWS resources. */
export function regionsOf(config: Config, variables: Readonly<Record<string, string>>): readonly string[] {
  const regions = Object.entries(objectOf(config["provider"]))
    .filter(([name]) => providerOf(config, name) === "aws")
    .flatMap(([, blocks]) => blocksOf(blocks))
    .map(({ region }) => regionOf(region, config, variables));
  return [...new Set(regions.length === 0 ? [defaultRegion()] : regions)];
}

/** A region, also one in a variable. */
function regionOf(region: unknown, config: Config, variables: Readonly<Record<string, string>>): string {
  if (typeof region !== "string") return defaultRegion();
  const name = /^\$\{var\.([\w-]+)\}$/.exec(region)?.[1];
  if (name === undefined) return region.includes("${") ? defaultRegion() : region;
  const value = variables[`TF_VAR_${name}`] ?? objectOf(objectOf(config["variable"])[name])["default"];
  return typeof value === "string" ? value : defaultRegion();
}
