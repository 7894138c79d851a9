import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  AccessPolicy,
  AwsProviderVersion,
  EksCluster,
  KubernetesVersion,
  Network,
  Region,
  Scaling,
} from "@groundwork/constructs/aws";
import { Cidr } from "@groundwork/constructs/core";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "ap-northeast-2" });
AwsProviderVersion.require(stack, AwsProviderVersion.DEFAULT);

const network = new Network(stack, "Network", {
  cidr: Cidr.parse("10.20.0.0/16"),
  zones: Region.of("ap-northeast-2").zones(3),
  eksClusters: ["shop"],
});

// The defaults: a private API endpoint, secrets encrypted with a KMS key, and all control-plane logs with a retention of one year.
const cluster = new EksCluster(stack, "Cluster", { network, clusterName: "shop", version: KubernetesVersion.V1_35 });
cluster.addAccess("Platform", {
  principalArn: "arn:aws:iam::111122223333:role/platform",
  policies: [AccessPolicy.clusterAdmin()],
});
cluster.addNodeGroup("General", { instanceTypes: ["m7g.large"], scaling: Scaling.between(2, 10) });

app.synth();
