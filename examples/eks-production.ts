import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import * as aws from "@groundwork/constructs/aws";
import { Cidr, Peer, Size } from "@groundwork/constructs/core";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "ap-northeast-2" });
aws.AwsProviderVersion.require(stack, aws.AwsProviderVersion.DEFAULT);

const network = new aws.Network(stack, "Network", {
  cidr: Cidr.parse("10.20.0.0/16"),
  zones: aws.Region.of("ap-northeast-2").zones(3),
  eksClusters: ["shop"],
});
const key = new aws.EncryptionKey(stack, "Key");
const cluster = new aws.EksCluster(stack, "Cluster", {
  network,
  clusterName: "shop",
  version: aws.KubernetesVersion.V1_35,
  endpoint: aws.Endpoint.privateAnd(Peer.ipv4("203.0.113.0/24")),
  secretsEncryption: aws.SecretsEncryption.with(key),
  logs: aws.ClusterLogs.kept({ encryptionKey: key }),
});
const general = { instanceTypes: ["m7g.large"], scaling: aws.Scaling.between(3, 12) } as const;
cluster.addNodeGroup("General", { ...general, disk: Size.gibibytes(80) });
cluster.addNodeGroup("Batch", {
  instanceTypes: ["c7g.xlarge", "c6g.xlarge", "m7g.xlarge"],
  scaling: aws.Scaling.between(0, 20),
  purchase: aws.Purchase.spot(),
  taints: [aws.Taint.noSchedule("dedicated", "batch")],
});
const identity = aws.IdentityBinding.podIdentity();
new aws.ManagedAddon(stack, "EbsCsiDriver", { cluster, addon: aws.Addon.EBS_CSI_DRIVER, identity });

const repository = new aws.Repository(stack, "Backend", { repositoryName: "shop/backend", encryptionKey: key });
repository.grants.push(aws.Role.fromArn(stack, "Pipeline", "arn:aws:iam::111122223333:role/pipeline"));
app.synth();
