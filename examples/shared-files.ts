import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import * as aws from "@groundwork/constructs/aws";
import { CloudInit } from "@groundwork/constructs/boot";
import { Cidr, Duration } from "@groundwork/constructs/core";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "ap-northeast-2" });
aws.AwsProviderVersion.require(stack, aws.AwsProviderVersion.DEFAULT);

const network = new aws.Network(stack, "Network", {
  cidr: Cidr.parse("10.20.0.0/16"),
  zones: aws.Region.of("ap-northeast-2").zones(2),
});

// Files that machines in all zones share, encrypted on the way, with backups for a year.
const shared = new aws.FileSystem(stack, "Shared", { network, dailyBackups: false });
const uploads = shared.addAccessPoint("Uploads", { path: "/uploads", user: { uid: 1000, gid: 1000 } });
for (const subnet of network.subnetsOf("private")) {
  const machine = new aws.Instance(stack, `Web-${subnet.zone}`, {
    network,
    subnet,
    instanceType: "t4g.small",
    boot: shared.mountIn(CloudInit.amazonLinux(), "/srv/uploads", uploads),
    dependsOn: shared.mountTargets,
  });
  shared.allowFrom(machine, uploads);
}
new aws.BackupPlan(stack, "Backups", {
  rules: { weekly: aws.BackupRule.weekly("SUN", { retention: Duration.days(365) }) },
  selections: { files: aws.BackupSelection.of(shared.fileSystemArn) },
});
new TerraformOutput(stack, "files", { value: shared.fileSystemId });
app.synth();
