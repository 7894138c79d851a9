// @ts-check
// Measured program: synthesizes the given number of networks.
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider/index.js");
const { Network, Region } = require("@groundwork/constructs/aws");
const { Cidr } = require("@groundwork/constructs/core");
const { synthesize } = require("@groundwork/constructs/synthesis");
const { App, TerraformStack } = require("cdktf");

synthesize(() => {
  const app = new App();
  const stack = new TerraformStack(app, "bench");
  new AwsProvider(stack, "aws", { region: "us-west-2" });
  for (let n = 0; n < Number(process.argv[2]); n += 1)
    new Network(stack, `Network${n}`, { cidr: Cidr.parse("10.0.0.0/16"), zones: Region.of("us-west-2").zones(3) });
  return app;
});
