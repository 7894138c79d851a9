import { AwsProviderVersion } from "@groundwork/constructs/aws/provider-version";
import { InterfaceEndpoint } from "@groundwork/constructs/aws/network/endpoint";
import { Nat } from "@groundwork/constructs/aws/network/nat/nat";
import { Network, type NetworkProps } from "@groundwork/constructs/aws/network/network";
import { SecurityGroup } from "@groundwork/constructs/aws/network/security/security-group";
import type { ISubnet } from "@groundwork/constructs/aws/network/subnet";
import { Tier } from "@groundwork/constructs/aws/network/tier";
import { Region } from "@groundwork/constructs/aws/region";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import { RCH001, RCH002, RCH003 } from "@groundwork/constructs/insight/reachability/rules";
import { type TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { networkStack } from "../../../support/cluster";
import { awsStack } from "../../../support/fixture";
import { gitLabServer } from "../../../support/gitlab";

const INTERNET = Peer.internet();

function firstOf(network: Network, tier: string): ISubnet {
  const [subnet] = network.subnetsOf(tier);
  if (subnet === undefined) throw new Error(`no subnet in ${tier}`);
  return subnet;
}

/** The outcome of HTTPS from a private subnet of a network to the internet. */
function egressOf(props: Partial<NetworkProps>): { readonly verdict: string; readonly text: string } {
  const { stack, network } = networkStack(props);
  const outcome = reachability(stack).from(firstOf(network, "private")).to(INTERNET, Port.HTTPS);
  return { verdict: outcome.verdict, text: outcome.toString() };
}

describe("a private tier", () => {
  test.each([
    ["a gateway per zone", Nat.perZone()],
    ["one gateway", Nat.single()],
    ["an instance", Nat.instance()],
  ])("reaches the internet through %s, and is not reachable from it", (_, nat) => {
    const { stack, network } = networkStack({ nat });
    const traffic = reachability(stack);
    for (const subnet of network.subnetsOf("private")) {
      expect(traffic.from(subnet).to(INTERNET, Port.HTTPS).verdict).toBe("passes");
      expect(traffic.from(INTERNET).to(subnet, Port.ALL).verdict).toBe("blocked");
    }
  });

  test("reaches the internet through a regional NAT gateway, which is in no subnet", () => {
    const stack = awsStack();
    AwsProviderVersion.require(stack, ">= 6.24.0, < 7.0.0");
    const zones = Region.of("ap-northeast-2").zones("a");
    const network = new Network(stack, "Network", { cidr: Cidr.parse("10.0.0.0/16"), zones, nat: Nat.regional() });
    const outcome = reachability(stack).from(firstOf(network, "private")).to(INTERNET, Port.HTTPS);
    expect(outcome.passes).toBe(true);
    expect(outcome.hops.join("\n")).not.toContain("public-acl");
  });

  test("reaches its endpoints but not the internet with endpointsOnly", () => {
    const tiers = [Tier.public(), Tier.private({ endpointsOnly: true })];
    expect(egressOf({ tiers }).text).toContain("no route from subnet test/Network/private/a to the internet");
    const { stack, network } = networkStack({ tiers });
    const ssm = network.addInterfaceEndpoint(InterfaceEndpoint.SSM, "private");
    const from = reachability(stack).from(firstOf(network, "private"));
    expect(from.to(ssm, Port.HTTPS).passes).toBe(true);
    expect(from.to(ssm, Port.HTTP).blocked).toBe(true);
  });

  test("needs ACL rules for replies from the internet", () => {
    expect(egressOf({}).verdict).toBe("passes");
    const { acl } = Tier.isolated();
    const closed = egressOf({ tiers: [Tier.public(), Tier.private({ acl })] });
    expect(closed).toEqual({
      verdict: "blocked",
      text: expect.stringContaining("blocked at network ACL test/Network/private-acl, rule *"),
    });
  });
});

describe("an S3 endpoint", () => {
  test("is reachable through its routing tables without the internet, if ACLs allow its public addresses", () => {
    const tiers = [Tier.public(), Tier.private({ endpointsOnly: true }), Tier.isolated()];
    const { stack, network } = networkStack({ tiers });
    const s3 = network.node.findChild("s3");
    const from = (tier: string) => reachability(stack).from(firstOf(network, tier)).to(s3, Port.HTTPS);
    expect(from("private").toString()).toContain("routes to test/Network/s3");
    expect(from("private").passes).toBe(true);
    // Its ACL allows traffic of the network only.
    expect(from("isolated").hops.at(-1)?.toString()).toContain("blocked at network ACL test/Network/isolated-acl");
  });

  test("is reachable over the internet where no routing table contains it", () => {
    const { stack, network } = networkStack({ gatewayEndpoints: [] });
    const other = networkStackIn(stack);
    const outcome = reachability(stack).from(firstOf(network, "private")).to(other.node.findChild("s3"), Port.HTTPS);
    expect(outcome.passes).toBe(true);
    expect(outcome.hops.join()).toContain("NAT gateway");
  });
});

/** A second network in a stack. */
function networkStackIn(stack: TerraformStack): Network {
  const zones = Region.of("ap-northeast-2").zones("a");
  return new Network(stack, "Other", { cidr: Cidr.parse("10.1.0.0/16"), zones });
}

describe("security groups", () => {
  const groups = () => {
    const { stack, network } = networkStack();
    const web = new SecurityGroup(stack, "Web", { network, description: "web" });
    const database = new SecurityGroup(stack, "Database", { network, description: "databases" });
    database.connections.allowFrom(web, Port.tcp(5432), "PostgreSQL from web");
    return { stack, web, database };
  };

  test("without members represent a machine in each subnet", () => {
    const { stack, web, database } = groups();
    const traffic = reachability(stack);
    expect(traffic.from(web).to(database, Port.tcp(5432)).passes).toBe(true);
    expect(traffic.from(database).to(web, Port.tcp(5432)).blocked).toBe(true);
    expect(traffic.from(web).to(database, Port.SSH).hops.at(-1)?.toString()).toBe(
      "blocked at security group test/Web: no outbound rule matches",
    );
  });

  test("can be given by connections or id", () => {
    const { stack, web, database } = groups();
    const traffic = reachability(stack);
    expect(traffic.from(web.connections).to({ securityGroupId: database.securityGroupId }, Port.tcp(5432)).passes).toBe(
      true,
    );
  });

  test("represent their members", () => {
    const stack = awsStack();
    const server = gitLabServer(stack, { webClients: [Peer.anyIpv4()] });
    const group = server.node.findChild("SecurityGroup");
    expect(reachability(stack).from(INTERNET).to(group, Port.HTTP).question).toContain("test/Server/Machine");
  });
});

describe("a query", () => {
  test("applies to all subnets of a network, and to all of several endpoints", () => {
    const { stack, network } = networkStack();
    const traffic = reachability(stack);
    expect(traffic.from(INTERNET).to(network, Port.HTTPS).verdict).toBe("partly");
    expect(traffic.from(...network.subnetsOf("private")).to(INTERNET, Port.HTTPS).passes).toBe(true);
    const mixed = [firstOf(network, "private"), firstOf(network, "public")];
    expect(traffic.from(...mixed).to(INTERNET, Port.HTTPS).question).toBe(
      "any machine in test/Network/private/a, any machine in test/Network/public/a to the internet, tcp 443",
    );
  });

  test("can use the tree of a whole app", () => {
    const stack = awsStack();
    const server = gitLabServer(stack, { webClients: [Peer.anyIpv4()] });
    expect(reachability(stack.node.root).from(INTERNET).to(server, Port.HTTP).passes).toBe(true);
  });

  test("does not change the tree", () => {
    const { stack, network } = networkStack();
    const before = stack.node.findAll().length;
    reachability(stack).from(network).to(INTERNET, Port.HTTPS);
    expect(stack.node.findAll()).toHaveLength(before);
  });

  test("rejects an endpoint without addresses in the tree", () => {
    const { stack } = networkStack();
    const traffic = reachability(stack);
    expect(() => traffic.from(INTERNET).to(new Construct(stack, "Empty"), Port.SSH)).toViolate(RCH001, /test\/Empty/);
    expect(() => traffic.from({ subnetId: "subnet-1" }).to(INTERNET, Port.SSH)).toViolate(RCH001, /subnet-1/);
  });

  test.each([
    Peer.anyIpv6(),
    Peer.ipv4("10.0.0.0/16"),
    Peer.prefixList("pl-1"),
    Peer.group("sg-1"),
    Peer.ipv4(Token.asString({ later: true })),
  ])("rejects the peer %s, which is not a block of public IPv4 addresses", (peer) => {
    const { stack, network } = networkStack();
    expect(() => reachability(stack).from(peer).to(network, Port.SSH)).toViolate(RCH002);
  });

  test("rejects identical endpoints, and two endpoints outside of the tree", () => {
    const stack = awsStack();
    const server = gitLabServer(stack);
    const traffic = reachability(stack);
    expect(() => traffic.from(server).to(server, Port.SSH)).toViolate(RCH003);
    expect(() => traffic.from().to(server, Port.SSH)).toViolate(RCH003);
    expect(() => traffic.from(INTERNET).to(Peer.ipv4("203.0.113.0/24"), Port.SSH)).toViolate(RCH003);
  });
});
