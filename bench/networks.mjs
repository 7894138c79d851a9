// Program under measurement: synthesizes as many networks as its argument says and prints what that took.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { Network } = require("@groundwork/constructs/aws/network/network");
const { Region } = require("@groundwork/constructs/aws/region");
const { Cidr } = require("@groundwork/constructs/core/cidr");
const { App, TerraformStack } = require("cdktf");

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
