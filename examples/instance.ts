import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AwsProviderVersion, DataDisk, Disk, Image, Instance, Network, Region } from "@groundwork/constructs/aws";
import { CloudInit, Packages, Steps } from "@groundwork/constructs/boot";
import { Cidr, Peer, Port, Size } from "@groundwork/constructs/core";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "ap-northeast-2" });
AwsProviderVersion.require(stack, AwsProviderVersion.DEFAULT);

const network = new Network(stack, "Network", {
  cidr: Cidr.parse("10.20.0.0/16"),
  zones: Region.of("ap-northeast-2").zones(2),
});
const [subnet] = network.subnetsOf("private");
if (subnet === undefined) throw new Error("expected a private subnet");

// A database on a disk that outlives the machine. Administrators log in through Session Manager, without an open port.
const database = new Instance(stack, "Database", {
  network,
  subnet,
  instanceType: "m7g.large",
  image: Image.ubuntu("24.04"),
  boot: CloudInit.ubuntu().with(Packages.of("postgresql"), Steps.run("database", "systemctl enable --now postgresql")),
  dataDisks: {
    data: DataDisk.kept(Disk.gp3({ size: Size.gibibytes(200), iops: 6_000 }), { mount: "/var/lib/postgresql" }),
  },
});
database.connections.allowFrom(Peer.ipv4(network.cidr), Port.tcp(5432), "PostgreSQL");

new TerraformOutput(stack, "instance", { value: database.instanceId });
app.synth();
