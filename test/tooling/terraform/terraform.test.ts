import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitUntil } from "@groundwork/tooling/polling";
import { Terraform } from "@groundwork/tooling/terraform/terraform";

const directory = mkdtempSync(join(tmpdir(), "groundwork-terraform-"));
const signals = join(directory, "signals");
const started = join(directory, "started");

/** A program that runs until it receives SIGINT, and reports errors as Terraform does. */
const PROGRAM = `#!/usr/bin/env node
const fs = require("node:fs");
if (process.argv[2] === "fail") {
  console.log(JSON.stringify({ "@level": "error", "@message": "Error: no role", diagnostic: { address: "aws_iam_role.A", detail: "Role A" } }));
  process.exit(1);
}
if (process.argv[2] === "complete") {
  for (const [action, addr] of [["read", "data.aws_region.Here"], ["create", "aws_vpc.Network"]])
    console.log(JSON.stringify({ type: "apply_complete", hook: { action, resource: { addr, resource_type: "type" } } }));
  process.exit(0);
}
process.on("SIGINT", () => {
  fs.appendFileSync(${JSON.stringify(signals)}, "SIGINT\\n");
  setTimeout(() => process.exit(1), 300);
});
fs.writeFileSync(${JSON.stringify(started)}, "");
setTimeout(() => {}, 60_000);
`;

describe("Terraform", () => {
  const before = process.env["TERRAFORM_BINARY_NAME"];

  beforeAll(() => {
    const program = join(directory, "terraform");
    writeFileSync(program, PROGRAM);
    chmodSync(program, 0o755);
    process.env["TERRAFORM_BINARY_NAME"] = program;
  });

  afterAll(() => {
    if (before === undefined) delete process.env["TERRAFORM_BINARY_NAME"];
    else process.env["TERRAFORM_BINARY_NAME"] = before;
  });

  test("receives one SIGINT at an abort, and finishes", async () => {
    const abort = new AbortController();
    const run = new Terraform(directory, process.env, abort.signal).start(["apply"]);
    expect(await waitUntil(() => existsSync(started), 20_000)).toBe(true);
    abort.abort(new Error("interrupted by SIGTERM"));
    expect(await run.outcome).toMatchObject({ code: 1 });
    expect(readFileSync(signals, "utf8")).toBe("SIGINT\n");
  }, 30_000);

  test("ends a run that starts after the abort, with its reason", async () => {
    const terraform = new Terraform(directory, process.env, AbortSignal.abort(new Error("interrupted by SIGTERM")));
    await expect(terraform.init()).rejects.toThrow("interrupted by SIGTERM");
  }, 30_000);

  test("reports changes, but not the data sources that were read", async () => {
    const changes: string[] = [];
    const run = new Terraform(directory, process.env).start(["complete"], ({ address }) => changes.push(address));
    expect((await run.outcome).done.map(({ address }) => address)).toEqual(["aws_vpc.Network"]);
    expect(changes).toEqual(["aws_vpc.Network"]);
  }, 30_000);

  test("reports an error with its address and details", async () => {
    const { outcome } = new Terraform(directory, process.env).start(["fail"]);
    expect((await outcome).errors).toEqual(["Error: no role (aws_iam_role.A)\nRole A"]);
  }, 30_000);
});
