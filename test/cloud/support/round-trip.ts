import { join } from "node:path";
import { workDirectory } from "@groundwork/tooling/paths";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { recordVerified } from "@groundwork/tooling/verified/verified";
import type { LocalCloud } from "./local-cloud";

/** Applies a stack; expects no errors and no changes in a second plan. */
export async function expectApplied(cloud: LocalCloud, stack: SynthesizedStack): Promise<void> {
  const terraform = await cloud.terraform(stack);
  await terraform.validate();
  expect([stack.id, (await terraform.apply()).errors]).toEqual([stack.id, []]);
  expect([stack.id, await terraform.drift()]).toEqual([stack.id, ""]);
}

/** Destroys an applied stack, and records its resource types for docs/verified.md. */
export async function expectDestroyed(cloud: LocalCloud, stack: SynthesizedStack): Promise<void> {
  const terraform = await cloud.terraform(stack);
  expect([stack.id, (await terraform.destroy()).errors]).toEqual([stack.id, []]);
  const types = [...new Set(stack.types)].sort();
  recordVerified(join(workDirectory(), "verified"), {
    name: stack.id,
    validated: types,
    applied: types,
    clean: types,
    destroyed: types,
  });
}
