import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workDirectory } from "@groundwork/tooling/paths";
import { findOpentofu } from "@groundwork/tooling/terraform/opentofu";
import { recordVerified } from "@groundwork/tooling/verified/verified";
import { leftovers } from "./support/leftovers";
import { LocalCloud } from "./support/local-cloud";
import { expectApplied } from "./support/round-trip";
import { synth } from "./support/synth";

/** `npm run test:opentofu` sets it; a run of all cloud tests uses OpenTofu where it is installed or was built. */
const opentofu = process.env["GROUNDWORK_OPENTOFU"] ?? findOpentofu();

if (opentofu === undefined)
  console.log("OpenTofu is neither installed nor built: no stack is applied with it; npm run test:opentofu builds it");

const describeWithOpentofu = opentofu === undefined ? describe.skip : describe;

/** A link to the program in a directory whose name has spaces and other characters. */
function linkTo(program: string): string {
  const directory = mkdtempSync(join(tmpdir(), "groundwork tofu ü-"));
  mkdirSync(join(directory, "bin"));
  const path = program.includes("/") ? program : execFileSync("which", [program], { encoding: "utf8" }).trim();
  symlinkSync(path, join(directory, "bin/tofu"));
  return join(directory, "bin/tofu");
}

describeWithOpentofu("OpenTofu", () => {
  const { TERRAFORM_BINARY_NAME } = process.env;
  let cloud: LocalCloud | undefined;

  beforeAll(async () => {
    process.env["TERRAFORM_BINARY_NAME"] = linkTo(opentofu ?? "");
    cloud = await LocalCloud.start();
  }, 10 * 60_000);

  afterAll(async () => {
    if (TERRAFORM_BINARY_NAME === undefined) delete process.env["TERRAFORM_BINARY_NAME"];
    else process.env["TERRAFORM_BINARY_NAME"] = TERRAFORM_BINARY_NAME;
    await cloud?.stop();
  });

  test("applies local-site with providers of the mirror, plans no changes, and destroys everything", async () => {
    if (cloud === undefined) throw new Error("the local cloud did not start");
    const stack = synth(cloud.directory, "local").find(({ id }) => id === "local-site");
    if (stack === undefined) throw new Error("no stack local-site");
    await expectApplied(cloud, stack);
    const lock = readFileSync(join(stack.directory, ".terraform.lock.hcl"), "utf8");
    expect(lock).toContain('provider "registry.opentofu.org/hashicorp/aws"');
    expect(lock).not.toContain("registry.terraform.io");
    const terraform = await cloud.terraform(stack);
    expect((await terraform.state()).length).toBeGreaterThan(0);
    expect((await terraform.destroy()).errors).toEqual([]);
    expect(await leftovers(cloud.endpoint, stack.region)).toEqual([]);
    const types = [...new Set(stack.types)].sort();
    recordVerified(join(workDirectory(), "verified"), {
      name: "local-site with OpenTofu",
      validated: types,
      applied: types,
      clean: types,
      destroyed: types,
    });
  });
});
