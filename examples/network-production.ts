import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  AwsProviderVersion,
  FlowLogs,
  GatewayEndpoint,
  InterfaceEndpoint,
  Nat,
  Network,
  Region,
  SecurityGroup,
  Tier,
} from "@groundwork/constructs/aws";
import { Cidr, Duration, Peer, Port, Slot } from "@groundwork/constructs/core";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "ap-northeast-2" });
AwsProviderVersion.require(stack, AwsProviderVersion.DEFAULT);

const data = Tier.isolated({ name: "data", mask: 24 });
const network = new Network(stack, "Network", {
  cidr: Cidr.parse("10.20.0.0/16"),
  zones: Region.of("ap-northeast-2").zones("a", "b", "c"),
  tiers: [Tier.public({ mask: 24 }), Tier.private(), data, Tier.private({ name: "batch", slot: Slot.quarter(2) })],
  nat: Nat.perZone({ elasticIps: { a: "eipalloc-0a", b: "eipalloc-0b", c: "eipalloc-0c" } }),
  gatewayEndpoints: [GatewayEndpoint.S3, GatewayEndpoint.DYNAMODB],
  flowLogs: FlowLogs.toCloudWatch({ retention: Duration.days(365) }),
  ipv6: true,
});
network.addInterfaceEndpoint(InterfaceEndpoint.SSM, "private");

const web = new SecurityGroup(stack, "Web", { network, description: "web servers" });
const database = new SecurityGroup(stack, "Database", { network, description: "databases" });
web.connections.allowFrom(Peer.anyIpv4(), Port.HTTPS, "HTTPS from everywhere");
database.connections.allowFrom(web, Port.tcp(5432), "PostgreSQL from the web servers");

console.log(network.subnetsOf(data).map((subnet) => `${subnet.zone}: ${subnet.cidr}`));
app.synth();
