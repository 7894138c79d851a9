import { execaSync } from "execa";

/** `terraform`, or `tofu` if only OpenTofu is installed. CDKTF's variable `TERRAFORM_BINARY_NAME` overrides both. */
export function terraformProgram(): string {
  const configured = process.env["TERRAFORM_BINARY_NAME"];
  if (configured !== undefined && configured !== "") return configured;
  const found = ["terraform", "tofu"].find(
    (program) => !execaSync(program, ["version"], { stdio: "ignore", reject: false }).failed,
  );
  if (found === undefined)
    throw new Error(
      "neither terraform nor tofu is installed; install Terraform ≥ 1.11 from developer.hashicorp.com/terraform/install, or OpenTofu ≥ 1.11 from opentofu.org",
    );
  return found;
}
