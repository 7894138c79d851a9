import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";

export { type Block, resource, resources, synthesized } from "@groundwork/constructs/testing";

/** An app that is not written to disk; CDKTF requires an output directory nevertheless. */
export function testApp(): App {
  return new App({ outdir: join(tmpdir(), "groundwork-test") });
}

/** A stack named `test` with an AWS provider in the region. */
export function awsStack(region = "ap-northeast-2"): TerraformStack {
  const stack = new TerraformStack(testApp(), "test");
  new AwsProvider(stack, "aws", { region });
  return stack;
}
