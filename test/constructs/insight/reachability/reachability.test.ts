import { AwsProviderVersion } from "@groundwork/constructs/aws/provider-version";
import { InterfaceEndpoint } from "@groundwork/constructs/aws/network/endpoint";
import { Nat } from "@groundwork/constructs/aws/network/nat/nat";
import { Network } from "@groundwork/constructs/aws/network/network";
import type { NetworkProps } from "@groundwork/constructs/aws/network/network";
import { SecurityGroup } from "@groundwork/constructs/aws/network/security/security-group";
import type { ISubnet } from "@groundwork/constructs/aws/network/subnet";
import { Tier } from "@groundwork/constructs/aws/network/tier";
import { Region } from "@groundwork/constructs/aws/region";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import { RCH001, RCH002, RCH003 } from "@groundwork/constructs/insight/reachability/rules";
import type { TerraformStack } from "cdktf";
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

/** What becomes of HTTPS from a private subnet of such a network to the internet. */
function outOf(props: Partial<NetworkProps>): { readonly verdict: string; readonly words: string } {
  const { stack, network } = networkStack(props);
  const outcome = reachability(stack).from(firstOf(network, "private")).to(INTERNET, Port.HTTPS);
  return { verdict: outcome.verdict, words: outcome.toString() };
}

describe("a private tier", () => {
  test.each([
    ["a gateway per zone", Nat.perZone()],
    ["one gateway", Nat.single()],
    ["an instance", Nat.instance()],
  ])("reaches the internet through %s, and is not reached from it", (_, nat) => {
    const { stack, network } = networkStack({ nat });
    const traffic = reachability(stack);
    for (const subnet of network.subnetsOf("private")) {
      expect(traffic.from(subnet).to(INTERNET, Port.HTTPS).verdict).toBe("passes");
      expect(traffic.from(INTERNET).to(subnet, Port.ALL).verdict).toBe("blocked");
    }
  });

  test("reaches the internet through a gateway that stands in no subnet", () => {
    const stack = awsStack();
    AwsProviderVersion.require(stack, ">= 6.24.0, < 7.0.0");
    const zones = Region.of("ap-northeast-2").zones("a");
    const network = new Network(stack, "Network", { cidr: Cidr.parse("10.0.0.0/16"), zones, nat: Nat.regional() });
    const outcome = reachability(stack).from(firstOf(network, "private")).to(INTERNET, Port.HTTPS);
    expect(outcome.passes).toBe(true);
    expect(outcome.hops.join("\n")).not.toContain("public-acl");
  });

  test("reaches what its endpoints lead to, and no internet, where it says that they are enough", () => {
    const tiers = [Tier.public(), Tier.private({ endpointsOnly: true })];
    expect(outOf({ tiers }).words).toContain("no route from subnet test/Network/private/a to the internet");
    const { stack, network } = networkStack({ tiers });
    const ssm = network.addInterfaceEndpoint(InterfaceEndpoint.SSM, "private");
    const from = reachability(stack).from(firstOf(network, "private"));
    expect(from.to(ssm, Port.HTTPS).passes).toBe(true);
    expect(from.to(ssm, Port.HTTP).blocked).toBe(true);
  });

  test("has answers let in from outside, or no connection", () => {
    expect(outOf({}).verdict).toBe("passes");
    const { acl } = Tier.isolated();
    const shut = outOf({ tiers: [Tier.public(), Tier.private({ acl })] });
    expect(shut).toEqual({
      verdict: "blocked",
      words: expect.stringContaining("blocked at network ACL test/Network/private-acl, rule *"),
    });
  });
});

describe("an S3 endpoint", () => {
  test("leads where its routing tables do, past the internet, if ACLs let its public addresses through", () => {
    const tiers = [Tier.public(), Tier.private({ endpointsOnly: true }), Tier.isolated()];
    const { stack, network } = networkStack({ tiers });
    const s3 = network.node.findChild("s3");
    const from = (tier: string) => reachability(stack).from(firstOf(network, tier)).to(s3, Port.HTTPS);
    expect(from("private").toString()).toContain("leads to test/Network/s3");
    expect(from("private").passes).toBe(true);
    // Its ACL lets the network through and nothing else.
    expect(from("isolated").hops.at(-1)?.toString()).toContain("blocked at network ACL test/Network/isolated-acl");
  });

  test("is reached over the internet where no routing table leads to it", () => {
    const { stack, network } = networkStack({ gatewayEndpoints: [] });
    const elsewhere = networkStackIn(stack);
    const outcome = reachability(stack)
      .from(firstOf(network, "private"))
      .to(elsewhere.node.findChild("s3"), Port.HTTPS);
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

  test("without members are asked about as if they had one in each subnet", () => {
    const { stack, web, database } = groups();
    const traffic = reachability(stack);
    expect(traffic.from(web).to(database, Port.tcp(5432)).passes).toBe(true);
    expect(traffic.from(database).to(web, Port.tcp(5432)).blocked).toBe(true);
    expect(traffic.from(web).to(database, Port.SSH).hops.at(-1)?.toString()).toBe(
      "blocked at security group test/Web: no rule lets it out",
    );
  });

  test("can be given by what can connect, or by an id", () => {
    const { stack, web, database } = groups();
    const traffic = reachability(stack);
    expect(traffic.from(web.connections).to({ securityGroupId: database.securityGroupId }, Port.tcp(5432)).passes).toBe(
      true,
    );
  });

  test("stand for their members where they have some", () => {
    const stack = awsStack();
    const server = gitLabServer(stack, { webClients: [Peer.anyIpv4()] });
    const group = server.node.findChild("SecurityGroup");
    expect(reachability(stack).from(INTERNET).to(group, Port.HTTP).question).toContain("test/Server/Machine");
  });
});

describe("a question", () => {
  test("about a network is about all its subnets; about several places, about all of them", () => {
    const { stack, network } = networkStack();
    const traffic = reachability(stack);
    expect(traffic.from(INTERNET).to(network, Port.HTTPS).verdict).toBe("partly");
    expect(traffic.from(...network.subnetsOf("private")).to(INTERNET, Port.HTTPS).passes).toBe(true);
    const mixed = [firstOf(network, "private"), firstOf(network, "public")];
    expect(traffic.from(...mixed).to(INTERNET, Port.HTTPS).question).toBe(
      "any machine in test/Network/private/a, any machine in test/Network/public/a to the internet, tcp 443",
    );
  });

  test("can be put to a whole app", () => {
    const stack = awsStack();
    const server = gitLabServer(stack, { webClients: [Peer.anyIpv4()] });
    expect(reachability(stack.node.root).from(INTERNET).to(server, Port.HTTP).passes).toBe(true);
  });

  test("changes nothing in the tree", () => {
    const { stack, network } = networkStack();
    const before = stack.node.findAll().length;
    reachability(stack).from(network).to(INTERNET, Port.HTTPS);
    expect(stack.node.findAll()).toHaveLength(before);
  });

  test("is rejected about what the tree gives no address", () => {
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
    Peer.ipv4("${var.office}"),
  ])("is rejected about %s, which is no part of the internet in IPv4", (peer) => {
    const { stack, network } = networkStack();
    expect(() => reachability(stack).from(peer).to(network, Port.SSH)).toViolate(RCH002);
  });

  test("is rejected with one end, or none in the tree", () => {
    const stack = awsStack();
    const server = gitLabServer(stack);
    const traffic = reachability(stack);
    expect(() => traffic.from(server).to(server, Port.SSH)).toViolate(RCH003);
    expect(() => traffic.from().to(server, Port.SSH)).toViolate(RCH003);
    expect(() => traffic.from(INTERNET).to(Peer.ipv4("203.0.113.0/24"), Port.SSH)).toViolate(RCH003);
  });
});
