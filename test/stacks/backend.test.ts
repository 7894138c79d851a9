import { readEnvironment } from "@groundwork/stacks/environments/environment";
import { lab } from "@groundwork/stacks/environments/lab";
import { createBackend } from "@groundwork/stacks/backend";
import { TerraformStack } from "cdktf";
import { synthesized, testApp } from "../support/fixture";
import { stackOf } from "../support/stacks";

function backendOf(stack: TerraformStack): unknown {
  return (synthesized(stack) as unknown as { terraform: { backend: unknown } }).terraform.backend;
}

describe("createBackend", () => {
  test("stores state in a directory of the project, with the same path on every machine", () => {
    expect(backendOf(stackOf("lab-eks"))).toEqual({ local: { path: "../../../.groundwork/state/lab-eks.tfstate" } });
  });

  test("stores state in a bucket, encrypted and locked, with one line of data", () => {
    const environment = readEnvironment("lab.ts", {
      ...lab,
      backend: { type: "s3", bucket: "states", region: "us-west-2" },
    });
    const stack = new TerraformStack(testApp(), "lab-eks");
    createBackend(stack, environment);
    expect(backendOf(stack)).toEqual({
      s3: { bucket: "states", region: "us-west-2", key: "lab/lab-eks.tfstate", encrypt: true, use_lockfile: true },
    });
  });
});
