import { join } from "node:path";
import type { Outcome, Terraform } from "@groundwork/tooling/terraform/terraform";
import { recordVerified } from "@groundwork/tooling/verified/verified";
import { ROOT } from "../../support/repository";
import type { Project } from "./project";

/** Applies; expects no errors and no changes in a second plan. */
export async function expectApplied(terraform: Terraform): Promise<Outcome> {
  const outcome = await terraform.apply();
  expect(outcome.errors).toEqual([]);
  expect(await terraform.drift()).toBe("");
  return outcome;
}

/** Destroys; expects an empty project. Records the resource types for docs/verified.md. */
export async function expectDestroyed(
  project: Project,
  terraform: Terraform,
  name: string,
  types: readonly string[],
): Promise<void> {
  expect((await terraform.destroy()).errors).toEqual([]);
  expect(await project.leftovers()).toEqual([]);
  recordVerified(join(ROOT, "test/openstack/verified"), {
    name,
    validated: types,
    applied: types,
    clean: types,
    destroyed: types,
  });
}
