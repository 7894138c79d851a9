import { join } from "node:path";
import { WORK } from "@groundwork/tooling/paths";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { recordVerified } from "@groundwork/tooling/verified/verified";
import type { LocalCloud } from "./local-cloud";

/** Applies a stack, and expects that nothing went wrong and that a second plan wants no change. */
export async function expectApplied(cloud: LocalCloud, stack: SynthesizedStack): Promise<void> {
  const terraform = await cloud.terraform(stack);
  await terraform.validate();
  expect([stack.id, (await terraform.apply()).errors]).toEqual([stack.id, []]);
  expect([stack.id, await terraform.drift()]).toEqual([stack.id, ""]);
}

/** Destroys a stack that was applied, and keeps for docs/verified.md what has been seen. */
export async function expectDestroyed(cloud: LocalCloud, stack: SynthesizedStack): Promise<void> {
  const terraform = await cloud.terraform(stack);
  expect([stack.id, (await terraform.destroy()).errors]).toEqual([stack.id, []]);
  const types = [...new Set(stack.types)].sort();
  recordVerified(join(WORK, "verified"), {
    name: stack.id,
    validated: types,
    applied: types,
    clean: types,
    destroyed: types,
  });
}
