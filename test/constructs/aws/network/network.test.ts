import { DefaultNetworkAcl } from "@cdktf/provider-aws/lib/default-network-acl";
import { DefaultRouteTable } from "@cdktf/provider-aws/lib/default-route-table";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcDhcpOptions } from "@cdktf/provider-aws/lib/vpc-dhcp-options";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { GatewayEndpoint, InterfaceEndpoint } from "@groundwork/constructs/aws/network/endpoint";
import { Nat } from "@groundwork/constructs/aws/network/nat/nat";
import { Network, type NetworkProps } from "@groundwork/constructs/aws/network/network";
import { FlowLogs } from "@groundwork/constructs/aws/network/flow-logs";
import {
  NET001,
  NET002,
  NET003,
  NET004,
  NET009,
  NET010,
  NET011,
  NET012,
  NET015,
  NET016,
} from "@groundwork/constructs/aws/network/rules";
import { Tier } from "@groundwork/constructs/aws/network/tier";
import { Region } from "@groundwork/constructs/aws/region";
import { AWS005 } from "@groundwork/constructs/aws/rules";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Slot } from "@groundwork/constructs/core/slot";
import { CID001, CID002, NAM001, PLN001, PLN002, TAG001 } from "@groundwork/constructs/core/rules";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { awsStack, resource, resources, testApp } from "../../../support/fixture";

const seoul = Region.of("ap-northeast-2");

function networkWith(props: Partial<NetworkProps> = {}) {
  const stack = awsStack();
  const network = new Network(stack, "Network", { cidr: Cidr.parse("10.0.0.0/16"), zones: seoul.zones(3), ...props });
  return { stack, network };
}

/** A network with one isolated tier in its primary block. */
function vpcOf(primary: string, secondary: readonly string[]) {
  const cidr = Cidr.parse(primary);
  return networkWith({
    cidr,
    secondaryCidrs: secondary.map((block) => Cidr.parse(block)),
    zones: seoul.zones(1),
    tiers: [Tier.isolated({ cidrs: { a: cidr.part(Math.max(cidr.prefix, 24), 0) } })],
  });
}

describe("Network", () => {
  test("creates one subnet per tier and zone", () => {
    const { stack } = networkWith();
    const subnets = resources(stack, Subnet).map(
      (subnet) => `${String(subnet["availability_zone"])} ${String(subnet["cidr_block"])}`,
    );
    expect(subnets.sort()).toEqual([
      "ap-northeast-2a 10.0.0.0/22",
      "ap-northeast-2a 10.0.128.0/20",
      "ap-northeast-2b 10.0.144.0/20",
      "ap-northeast-2b 10.0.4.0/22",
      "ap-northeast-2c 10.0.160.0/20",
      "ap-northeast-2c 10.0.8.0/22",
    ]);
  });

  test("changes no address and no block of existing subnets when a zone and a tier are added", () => {
    const before = networkWith({ zones: seoul.zones("a", "b") });
    const after = networkWith({
      zones: seoul.zones("c", "b", "a"),
      tiers: [Tier.isolated(), Tier.public(), Tier.private()],
    });
    const [small, large] = [before, after].map(({ stack }) =>
      Object.fromEntries(resources(stack, Subnet).map((subnet) => [subnet.address, subnet["cidr_block"]])),
    );
    expect(large).toMatchObject(small ?? {});
  });

  test("associates every subnet with its own route table", () => {
    const { stack } = networkWith({ tiers: [Tier.public(), Tier.private(), Tier.isolated()] });
    const tables = resources(stack, RouteTableAssociation).map((association) => association["route_table_id"]);
    expect(new Set(tables).size).toBe(9);
  });

  test("routes public tiers to the internet gateway and private tiers to the NAT gateway of their zone", () => {
    const { stack } = networkWith({ zones: seoul.zones("a", "b") });
    const routes = resources(stack, Route);
    const [gateway] = resources(stack, InternetGateway);
    const nats = resources(stack, NatGateway);
    expect(routes.map((route) => route["gateway_id"] ?? route["nat_gateway_id"])).toEqual([
      ...nats.map((nat) => `\${${nat.address}.id}`),
      `\${${String(gateway?.address)}.id}`,
      `\${${String(gateway?.address)}.id}`,
    ]);
    expect(nats.map((nat) => nat["depends_on"])).toEqual([[gateway?.address], [gateway?.address]]);
  });

  test("creates no internet routes for isolated tiers", () => {
    const { stack, network } = networkWith({ tiers: [Tier.isolated()], ipv6: true });
    expect(resources(stack, Route)).toEqual([]);
    expect(resources(stack, InternetGateway)).toEqual([]);
    expect(network.subnetsOf("isolated").flatMap((subnet) => subnet.routing)).toHaveLength(3);
  });

  test("creates no default route for a private tier with endpointsOnly", () => {
    const { stack } = networkWith({ tiers: [Tier.private({ endpointsOnly: true })] });
    expect(resources(stack, Route)).toEqual([]);
  });

  test("empties the default resources of the VPC", () => {
    const { stack } = networkWith();
    expect(resource(stack, DefaultSecurityGroup)).not.toHaveProperty("ingress");
    expect(resource(stack, DefaultRouteTable)["route"]).toEqual([]);
    expect(resource(stack, DefaultNetworkAcl)["lifecycle"]).toEqual({ ignore_changes: ["subnet_ids"] });
  });

  test("has a gateway endpoint for S3 by default", () => {
    const endpoints = resources(networkWith().stack, VpcEndpoint);
    expect(endpoints.map((endpoint) => [endpoint["service_name"], endpoint["vpc_endpoint_type"]])).toEqual([
      ["com.amazonaws.ap-northeast-2.s3", "Gateway"],
    ]);
    expect(resources(networkWith({ gatewayEndpoints: [] }).stack, VpcEndpoint)).toEqual([]);
  });

  test("creates an interface endpoint in the subnets of a tier", () => {
    const { stack, network } = networkWith({ gatewayEndpoints: [] });
    network.addInterfaceEndpoint(InterfaceEndpoint.ECR_API, "private");
    const endpoint = resource(stack, VpcEndpoint);
    expect(endpoint["service_name"]).toBe("com.amazonaws.ap-northeast-2.ecr.api");
    expect(endpoint["subnet_ids"]).toHaveLength(3);
    expect(endpoint["private_dns_enabled"]).toBe(true);
  });

  test("describes the clients of an endpoint in a dual-stack network, whose IPv6 block is known only at apply", () => {
    const { stack, network } = networkWith({ ipv6: true });
    network.addInterfaceEndpoint(InterfaceEndpoint.KMS, "private");
    expect(resources(stack, VpcSecurityGroupIngressRule).map((rule) => rule["description"])).toEqual([
      "kms from 10.0.0.0/16",
      "kms from the network",
    ]);
  });

  test("tags subnets so that load balancer controllers find them", () => {
    const { stack } = networkWith({
      zones: seoul.zones("a"),
      eksClusters: ["eks-demo"],
      tiers: [Tier.public(), Tier.private(), Tier.isolated()],
    });
    const tags = resources(stack, Subnet).map((subnet) => subnet["tags"] as Record<string, string>);
    const tagsOf = (tier: string) => tags.find((candidate) => candidate["Tier"] === tier) ?? {};
    expect(tagsOf("public")).toMatchObject({
      "kubernetes.io/role/elb": "1",
      "kubernetes.io/cluster/eks-demo": "shared",
    });
    expect(tagsOf("private")).toMatchObject({
      "kubernetes.io/role/internal-elb": "1",
      "kubernetes.io/cluster/eks-demo": "shared",
    });
    expect(Object.keys(tagsOf("isolated"))).toEqual(["Name", "Tier"]);
  });

  test("creates subnets in a secondary block after its association", () => {
    const pods = Cidr.parse("100.64.0.0/16");
    const { stack, network } = networkWith({
      secondaryCidrs: [pods],
      tiers: [Tier.public(), Tier.private(), Tier.private({ name: "pods", block: pods })],
    });
    const association = resource(stack, VpcIpv4CidrBlockAssociation);
    const subnets = resources(stack, Subnet).filter((subnet) => String(subnet["cidr_block"]).startsWith("100."));
    expect(subnets.map((subnet) => subnet["depends_on"])).toEqual([
      [association.address],
      [association.address],
      [association.address],
    ]);
    expect(network.peers.map(String)).toEqual(["10.0.0.0/16", "100.64.0.0/16"]);
  });

  test("has a /64 per subnet and an egress-only gateway for private tiers when it is dual-stack", () => {
    const { stack } = networkWith({ ipv6: true, zones: seoul.zones("a") });
    const [vpc, gateway] = [resource(stack, Vpc), resource(stack, EgressOnlyInternetGateway)];
    expect(resources(stack, Subnet).map((subnet) => subnet["ipv6_cidr_block"])).toEqual([
      `\${cidrsubnet(${vpc.address}.ipv6_cidr_block, 8, 128)}`,
      `\${cidrsubnet(${vpc.address}.ipv6_cidr_block, 8, 0)}`,
    ]);
    const ipv6Routes = resources(stack, Route).filter((route) => route["destination_ipv6_cidr_block"] === "::/0");
    expect(ipv6Routes.map((route) => route["egress_only_gateway_id"] !== undefined)).toEqual([true, false]);
    expect(ipv6Routes[0]?.["egress_only_gateway_id"]).toBe(`\${${gateway.address}.id}`);
  });

  test("applies its DHCP options", () => {
    const { stack } = networkWith({ dhcpOptions: { domainName: "corp.example.com", ntpServers: ["169.254.169.123"] } });
    expect(resource(stack, VpcDhcpOptions)).toMatchObject({
      domain_name: "corp.example.com",
      domain_name_servers: ["AmazonProvidedDNS"],
      ntp_servers: ["169.254.169.123"],
    });
  });

  test("creates one network ACL per tier", () => {
    const { stack } = networkWith();
    expect(resources(stack, NetworkAcl).map((acl) => (acl["subnet_ids"] as string[]).length)).toEqual([3, 3]);
  });

  test("is found by its tags, with one subnet per tier and zone", () => {
    const stack = awsStack();
    const network = Network.fromLookup(stack, "Shared", {
      tags: { Name: "production-eks-network" },
      zones: seoul.zones("a", "b"),
      tiers: ["private"],
    });
    expect(resource(stack, DataAwsVpc)["tags"]).toEqual({ Name: "production-eks-network" });
    expect(resources(stack, DataAwsSubnet)).toHaveLength(2);
    expect(network.subnetsOf("private").map((subnet) => subnet.zone)).toEqual(["a", "b"]);
  });

  test("is imported by known ids", () => {
    const network = Network.fromAttributes(awsStack(), "Shared", {
      networkId: "vpc-1",
      cidr: "10.9.0.0/16",
      zones: seoul.zones("a"),
      subnets: [{ subnetId: "subnet-1", tier: "private", zone: "a", cidr: "10.9.0.0/20", routeTableId: "rtb-1" }],
    });
    expect([network.networkId, ...network.subnetsOf("private").map((subnet) => subnet.subnetId)]).toEqual([
      "vpc-1",
      "subnet-1",
    ]);
    expect(() => network.subnetsOf("data")).toViolate(NET010, /the network has "private"/);
  });

  test.each([
    ["a public block", NET001, { cidr: Cidr.parse("8.8.0.0/16") }],
    ["a block too large for a VPC", NET002, { cidr: Cidr.parse("10.0.0.0/15") }],
    ["more than five blocks", NET002, { secondaryCidrs: [1, 2, 3, 4, 5].map((n) => Cidr.parse(`10.${n}.0.0/16`)) }],
    ["a block too small for its tiers", PLN001, { cidr: Cidr.parse("10.0.0.0/28") }],
    ["two tiers in the same slot", PLN002, { tiers: [Tier.public(), Tier.public({ name: "edge" })] }],
    ["NAT without a public tier", NET003, { tiers: [Tier.private()], nat: Nat.single() }],
    ["a private tier without NAT", NET004, { nat: Nat.none() }],
    ["tags that AWS does not accept", TAG001, { tags: { "aws:team": "x" } }],
    ["a second gateway endpoint of a service", NET011, { gatewayEndpoints: [GatewayEndpoint.S3, GatewayEndpoint.S3] }],
    [
      "two subnets with the same IPv6 number",
      NET009,
      {
        ipv6: true,
        zones: seoul.zones("a", "b"),
        tiers: [Tier.isolated({ cidrs: { a: Cidr.parse("10.0.0.0/26"), b: Cidr.parse("10.0.0.64/26") } })],
      },
    ],
  ] as const)("rejects %s", (_, rule, props) => {
    expect(() => networkWith(props)).toViolate(rule, /at test\/Network/);
  });

  test("rejects an unknown tier, listing the existing tiers", () => {
    const { network } = networkWith();
    expect(() => network.subnetsOf(Tier.isolated())).toViolate(NET010, /"public", "private"/);
  });

  test("rejects a second interface endpoint of a service", () => {
    const { network } = networkWith();
    network.addInterfaceEndpoint(InterfaceEndpoint.STS, "private");
    expect(() => network.addInterfaceEndpoint(InterfaceEndpoint.STS, "private")).toViolate(NET011, /sts/);
  });

  test("uses existing elastic IPs and creates none", () => {
    const { stack } = networkWith({ zones: seoul.zones("a"), nat: Nat.perZone({ elasticIps: { a: "eipalloc-1" } }) });
    expect(resources(stack, Eip)).toEqual([]);
    expect(resource(stack, NatGateway)["allocation_id"]).toBe("eipalloc-1");
  });

  test("plans a second tier of a kind in its slot", () => {
    const { network } = networkWith({
      tiers: [Tier.public(), Tier.private(), Tier.private({ name: "batch", slot: Slot.quarter(2), mask: 24 })],
    });
    expect(network.subnetsOf("batch").map((subnet) => subnet.cidr)).toEqual([
      "10.0.64.0/24",
      "10.0.72.0/24",
      "10.0.80.0/24",
    ]);
  });

  test.each([
    ["10.1.0.0/16", ["10.0.0.0/16"], "10.0.0.0/16"],
    ["10.0.0.0/24", ["10.0.1.0/24"], "10.0.1.0/24"],
    ["10.5.0.0/16", ["10.1.0.0/16", "10.0.0.0/16"], "10.0.0.0/16"],
    ["172.20.0.0/16", ["172.31.0.0/16"], "172.31.0.0/16"],
    ["172.31.0.0/17", ["172.31.128.0/17"], "172.31.128.0/17"],
    ["10.20.0.0/16", ["172.16.0.0/16"], "172.16.0.0/16"],
    ["10.20.0.0/16", ["192.168.0.0/16"], "192.168.0.0/16"],
    ["172.16.0.0/16", ["10.20.0.0/16"], "10.20.0.0/16"],
    ["192.168.0.0/20", ["10.20.0.0/16"], "10.20.0.0/16"],
    ["100.64.0.0/16", ["10.20.0.0/16"], "10.20.0.0/16"],
  ] as const)("rejects a VPC of %s with the secondary blocks %p", (primary, blocks, given) => {
    const network = () => vpcOf(primary, blocks);
    expect(network).toViolate(NET015, new RegExp(`secondary block ${given} of a VPC with ${primary}, .*100.64.0.0/10`));
  });

  test.each([
    ["10.0.0.0/16", ["10.1.0.0/16", "100.64.0.0/16"]],
    ["10.5.0.0/16", ["10.0.0.0/16"]],
    ["10.5.0.0/16", ["10.1.0.0/16", "10.255.0.0/16"]],
    ["172.31.0.0/16", ["172.20.0.0/16", "100.127.0.0/16"]],
    ["192.168.0.0/20", ["192.168.64.0/20", "100.64.0.0/16"]],
    ["100.64.0.0/16", ["100.65.0.0/16"]],
  ] as const)("accepts a VPC of %s with the secondary blocks %p", (primary, blocks) => {
    expect(() => vpcOf(primary, blocks)).not.toThrow();
  });

  test.each([
    ["nat", [Tier.isolated({ name: "nat" })], /NAT gateways/],
    ["defaults", [Tier.isolated({ name: "defaults" })], /default resources/],
    ["public-acl", [Tier.public(), Tier.isolated({ name: "public-acl" })], /network ACL of tier "public"/],
    ["s3", [Tier.isolated({ name: "s3" })], /endpoint of s3/],
  ])("rejects a tier named %s, which is the id of another part", (_, tiers, message) => {
    expect(() => networkWith({ tiers })).toViolate(NET012, message);
  });

  test("rejects an endpoint whose id a tier has, and accepts the names otherwise", () => {
    const { network } = networkWith({
      tiers: [Tier.isolated({ name: "sts" }), Tier.isolated({ name: "x-acl", slot: Slot.eighth(3) })],
    });
    expect(() => network.addInterfaceEndpoint(InterfaceEndpoint.STS, "sts")).toViolate(NET012, /rename the tier/);
    expect(() => network.addInterfaceEndpoint(InterfaceEndpoint.KMS, "sts")).not.toThrow();
  });

  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, "x"]));

  test("counts its own tags and those of the provider among the 50 tags of a resource", () => {
    expect(() => networkWith({ tags: tags(48) })).not.toThrow();
    expect(() => networkWith({ tags: tags(49) })).toViolate(TAG001, /49 tags, and 2 that .* add; keep at most 48/);
    expect(() => networkWith({ tags: { ...tags(48), Name: "x", Tier: "x" } })).not.toThrow();
    const clusters = Array.from({ length: 60 }, (_, n) => `cluster-${n}`);
    expect(() => networkWith({ eksClusters: clusters })).toViolate(TAG001);
    expect(() => networkWith({ eksClusters: clusters.slice(0, 47) })).not.toThrow();
    expect(() => networkWith({ eksClusters: clusters.slice(0, 48) })).toViolate(TAG001);
    const stack = new TerraformStack(testApp(), "tagged");
    new AwsProvider(stack, "aws", {
      region: "ap-northeast-2",
      defaultTags: [{ tags: { Environment: "lab", Stack: "x" } }],
    });
    const cidr = Cidr.parse("10.0.0.0/16");
    expect(() => new Network(stack, "A", { cidr, zones: seoul.zones(1), tags: tags(46) })).not.toThrow();
    expect(() => new Network(stack, "B", { cidr, zones: seoul.zones(1), tags: tags(47) })).toViolate(TAG001);
  });

  test.each(["x".repeat(110), "", "eks demo", "-eks", "${x}"])("rejects %p as the name of an EKS cluster", (name) => {
    expect(() => networkWith({ eksClusters: [name] })).toViolate(NAM001, /EKS cluster/);
  });

  test("shortens the names of resources under long paths, and escapes what Terraform would evaluate", () => {
    const stack = awsStack();
    const deep = [
      "${x}",
      "%{y}",
      ...Array.from({ length: 12 }, (_, n) => `Level${n}${"x".repeat(30)}`),
    ].reduce<Construct>((scope, id) => new Construct(scope, id), stack);
    new Network(deep, "Network", { cidr: Cidr.parse("10.0.0.0/16"), zones: seoul.zones(2), flowLogs: FlowLogs.none() });
    const names = [Vpc, Subnet, NatGateway, NetworkAcl].flatMap((type) =>
      resources(stack, type).map(({ tags: own }) => (own as Record<string, string>)["Name"] ?? ""),
    );
    expect(names.filter((name) => name.replace("$$", "$").replace("%%", "%").length !== 256)).toEqual([]);
    expect(names.every((name) => name.startsWith("test-$${x}-%%{y}-"))).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each([
    ["a name server that is no address", { domainNameServers: ["not an ip"] }],
    ["five name servers", { domainNameServers: [1, 2, 3, 4, 5].map((n) => `10.0.0.${n}`) }],
    ["no name server", { domainNameServers: [] }],
    ["a name server twice", { domainNameServers: ["10.0.0.2", "10.0.0.2"] }],
    ["a time server that is no address", { ntpServers: ["time.example.com"] }],
    ["the resolver of the VPC as a time server", { ntpServers: ["AmazonProvidedDNS"] }],
    ["a domain with spaces at its end", { domainName: "corp.example.com " }],
    ["an empty domain", { domainName: "" }],
    ["a domain with an expression", { domainName: "${x}" }],
    ["an address with an option", { domainNameServers: ["${TfToken[TOKEN.1]}, 10.0.0.1"] }],
  ])("rejects %s", (_, dhcpOptions) => {
    expect(() => networkWith({ dhcpOptions })).toViolate(NET016, /at test\/Network\/DhcpOptions/);
  });

  test("accepts four name servers of each family, and several domains", () => {
    const domainNameServers = [1, 2, 3, 4].flatMap((n) => [`10.0.0.${n}`, `fd00::${n}`]);
    const dhcpOptions = { domainNameServers, domainName: "a.example.com b.example.com" };
    expect(() => networkWith({ dhcpOptions })).not.toThrow();
  });

  const subnet = { subnetId: "subnet-1", tier: "private", zone: "a", cidr: "10.9.0.0/20", routeTableId: "rtb-1" };
  const known = { networkId: "vpc-1", cidr: "10.9.0.0/16", zones: seoul.zones("a"), subnets: [subnet] };

  test.each([
    ["a network", AWS005, { ...known, networkId: "foo" }],
    ["a subnet", AWS005, { ...known, subnets: [{ ...subnet, subnetId: "vpc-1" }] }],
    ["a route table", AWS005, { ...known, subnets: [{ ...subnet, routeTableId: "" }] }],
    ["a block", CID001, { ...known, cidr: "foo" }],
    ["a block of a subnet", CID002, { ...known, subnets: [{ ...subnet, cidr: "10.9.0.1/20" }] }],
    ["a zone", NET010, { ...known, subnets: [{ ...subnet, zone: "d" }] }],
  ] as const)("rejects an existing network with an invalid id of %s", (_, rule, attributes) => {
    expect(() => Network.fromAttributes(awsStack(), "Shared", attributes)).toViolate(rule);
  });

  test("accepts attributes that are known only at apply", () => {
    const later = "${TfToken[TOKEN.1]}";
    const attributes = {
      ...known,
      networkId: later,
      cidr: later,
      subnets: [{ ...subnet, subnetId: later, routeTableId: later }],
    };
    expect(() => Network.fromAttributes(awsStack(), "Shared", attributes)).not.toThrow();
  });
});
