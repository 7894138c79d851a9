import { Release } from "@cdktf/provider-helm/lib/release";
import type { TerraformStack } from "cdktf";
import { resources } from "./fixture";

/** Values of a Helm release of a stack: of the only one, or of the one with the given name. */
export function releaseValues(stack: TerraformStack, name?: string): Readonly<Record<string, unknown>> {
  const found = resources(stack, Release).filter((release) => name === undefined || release["name"] === name);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`expected one release, found ${found.length}`);
  return JSON.parse((only["values"] as string[])[0] ?? "{}") as Readonly<Record<string, unknown>>;
}
