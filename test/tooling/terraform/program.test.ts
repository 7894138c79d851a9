import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isTerraform } from "@groundwork/tooling/terraform/graceful-shutdown";
import { terraformProgram } from "@groundwork/tooling/terraform/program";
import { Terraform } from "@groundwork/tooling/terraform/terraform";

const { PATH, TERRAFORM_BINARY_NAME } = process.env;

afterEach(() => {
  process.env["PATH"] = PATH;
  if (TERRAFORM_BINARY_NAME === undefined) delete process.env["TERRAFORM_BINARY_NAME"];
  else process.env["TERRAFORM_BINARY_NAME"] = TERRAFORM_BINARY_NAME;
});

/** A directory with programs that print a text and exit with a code. */
function programs(texts: Readonly<Record<string, string>>, code = 0): string {
  const directory = mkdtempSync(join(tmpdir(), "groundwork programs ü-"));
  for (const [name, text] of Object.entries(texts))
    writeFileSync(join(directory, name), `#!/bin/sh\necho "${text}"\nexit ${code}\n`, { mode: 0o755 });
  return directory;
}

describe("the Terraform program", () => {
  test("is terraform, or tofu if only OpenTofu is installed", () => {
    delete process.env["TERRAFORM_BINARY_NAME"];
    process.env["PATH"] = programs({ terraform: "Terraform v1.11.0", tofu: "OpenTofu v1.11.6" });
    expect(terraformProgram()).toBe("terraform");
    process.env["PATH"] = programs({ tofu: "OpenTofu v1.11.6" });
    expect(terraformProgram()).toBe("tofu");
  });

  test("is the one in TERRAFORM_BINARY_NAME, also in a directory with spaces", async () => {
    const directory = programs({ "tofu-1.11.6-of-the-platform": "OpenTofu will perform the following actions: +" }, 2);
    const program = join(directory, "tofu-1.11.6-of-the-platform");
    process.env["TERRAFORM_BINARY_NAME"] = program;
    expect(terraformProgram()).toBe(program);
    expect(await new Terraform(directory, process.env).drift()).toMatch(/^OpenTofu will perform/);
    // Linux truncates the names of processes.
    expect(isTerraform("tofu-1.11.6-of-")).toBe(true);
    expect(isTerraform("bash")).toBe(false);
  });

  test("that fails for another reason is named in the error", async () => {
    const directory = programs({ tofu: "Error: no" }, 1);
    process.env["TERRAFORM_BINARY_NAME"] = join(directory, "tofu");
    await expect(new Terraform(directory, process.env).drift()).rejects.toThrow(/^tofu plan ended with 1:\nError: no/);
    expect(() => execFileSync(terraformProgram())).toThrow();
  });
});
