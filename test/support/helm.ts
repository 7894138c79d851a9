import { Release } from "@cdktf/provider-helm/lib/release";
import type { TerraformStack } from "cdktf";
import { resources } from "./fixture";

/** What a chart of a stack is told; the only one, or the one whose release is named. */
export function releaseValues(stack: TerraformStack, name?: string): Readonly<Record<string, unknown>> {
  const found = resources(stack, Release).filter((release) => name === undefined || release["name"] === name);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`expected one release, found ${found.length}`);
  return JSON.parse((only["values"] as string[])[0] ?? "{}") as Readonly<Record<string, unknown>>;
}
