// @ts-check
// Measured program: synthesizes the given number of networks and prints the time and memory.
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Network, Region } from "@groundwork/constructs/aws";
import { Cidr } from "@groundwork/constructs/core";
import { App, TerraformStack } from "cdktf";

const started = process.hrtime.bigint();
const app = new App();
const stack = new TerraformStack(app, "bench");
new AwsProvider(stack, "aws", { region: "us-west-2" });
for (let n = 0; n < Number(process.argv[2]); n += 1)
  new Network(stack, `Network${n}`, { cidr: Cidr.parse("10.0.0.0/16"), zones: Region.of("us-west-2").zones(3) });
app.synth();
console.log(
  JSON.stringify({
    milliseconds: Math.round(Number(process.hrtime.bigint() - started) / 1e6),
    mebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
