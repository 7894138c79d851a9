import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import * as aws from "@groundwork/constructs/aws";
import { CloudInit, Packages, Steps } from "@groundwork/constructs/boot";
import { Cidr, Peer } from "@groundwork/constructs/core";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "ap-northeast-2" });
aws.AwsProviderVersion.require(stack, aws.AwsProviderVersion.DEFAULT);

const network = new aws.Network(stack, "Network", {
  cidr: Cidr.parse("10.20.0.0/16"),
  zones: aws.Region.of("ap-northeast-2").zones(2),
});

// HTTPS from the internet to machines in private subnets: two on demand, up to eight more as spot instances.
const targets = new aws.TargetGroup(stack, "Targets", { network, port: 80 });
const balancer = new aws.ApplicationLoadBalancer(stack, "Balancer", {
  network,
  scheme: aws.Scheme.internetFacing(Peer.anyIpv4()),
});
const certificateArn = "arn:aws:acm:ap-northeast-2:111122223333:certificate/0a1b2c3d";
balancer.addHttps({ certificates: [{ certificateArn }], action: aws.Action.forward(targets) });

new aws.Fleet(stack, "Web", {
  network,
  subnets: network.subnetsOf("private"),
  instanceTypes: ["m7g.large", "m6g.large"],
  size: aws.FleetSize.between(2, 10),
  purchase: aws.Purchase.spot(),
  onDemandBase: 2,
  image: aws.Image.ubuntu("24.04"),
  boot: CloudInit.ubuntu().with(Packages.of("nginx"), Steps.run("web", "systemctl enable --now nginx")),
  targetGroups: [targets],
  scaling: [aws.ScalingPolicy.requestsPerMachine(targets, 1_000)],
});
new TerraformOutput(stack, "url", { value: balancer.dnsName });
app.synth();
