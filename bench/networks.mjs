// @ts-check
// Measured program: synthesizes the given number of networks.
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Network, Region } from "@groundwork/constructs/aws";
import { Cidr } from "@groundwork/constructs/core";
import { synthesize } from "@groundwork/constructs/synthesis";
import { App, TerraformStack } from "cdktf";

synthesize(() => {
  const app = new App();
  const stack = new TerraformStack(app, "bench");
  new AwsProvider(stack, "aws", { region: "us-west-2" });
  for (let n = 0; n < Number(process.argv[2]); n += 1)
    new Network(stack, `Network${n}`, { cidr: Cidr.parse("10.0.0.0/16"), zones: Region.of("us-west-2").zones(3) });
  return app;
});
