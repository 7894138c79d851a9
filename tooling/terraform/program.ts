import { spawnSync } from "node:child_process";

/** `terraform`, or `tofu` where only that is installed. `TERRAFORM_BINARY_NAME`, CDKTF's own word, decides if set. */
export function terraformProgram(): string {
  const named = process.env["TERRAFORM_BINARY_NAME"];
  if (named !== undefined && named !== "") return named;
  const found = ["terraform", "tofu"].find(
    (program) => spawnSync(program, ["version"], { stdio: "ignore" }).status === 0,
  );
  if (found === undefined) throw new Error("neither terraform nor tofu is installed");
  return found;
}
