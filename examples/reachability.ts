import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AwsProviderVersion, Network, Region, SecurityGroup } from "@groundwork/constructs/aws";
import { Cidr, Peer, Port } from "@groundwork/constructs/core";
import { reachability } from "@groundwork/constructs/insight";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "ap-northeast-2" });
AwsProviderVersion.require(stack, AwsProviderVersion.DEFAULT);

const network = new Network(stack, "Network", {
  cidr: Cidr.parse("10.20.0.0/16"),
  zones: Region.of("ap-northeast-2").zones(2),
});
const web = new SecurityGroup(stack, "Web", { network, description: "web servers" });
const database = new SecurityGroup(stack, "Database", { network, description: "databases" });
database.connections.allowFrom(web, Port.tcp(5432), "PostgreSQL from the web servers");

// Before the deployment: which sources can connect to the databases, and by which rules.
const traffic = reachability(stack);
console.log(traffic.from(web).to(database, Port.tcp(5432)).toString());
console.log(traffic.from(Peer.internet()).to(database, Port.tcp(5432)).toString());

// In a test: expect(...blocked).toBe(true)
for (const subnet of network.subnetsOf("private"))
  if (!traffic.from(Peer.internet()).to(subnet, Port.ALL).blocked) throw new Error(`${subnet.cidr} is open`);

app.synth();
