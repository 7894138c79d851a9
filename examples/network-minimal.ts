import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AwsProviderVersion, Network, Region } from "@groundwork/constructs/aws";
import { Cidr } from "@groundwork/constructs/core";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "ap-northeast-2" });
AwsProviderVersion.require(stack, AwsProviderVersion.DEFAULT);

// Three zones, public and private subnets, a NAT gateway in each zone, flow logs: the defaults.
const network = new Network(stack, "Network", {
  cidr: Cidr.parse("10.20.0.0/16"),
  zones: Region.of("ap-northeast-2").zones(3),
});

console.log(network.plan.toString());
app.synth();
