import { NetworkingSecgroupRuleV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-rule-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import { NHN018 } from "@groundwork/constructs/nhn/rules";
import { TwoTierNetwork, type TwoTierNetworkProps } from "@groundwork/constructs/nhn/network/two-tier-network";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { Port as NetworkPort } from "@groundwork/constructs/openstack/network/port";
import { resources } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { action, encoded, nhnStack, object, objects } from "../../../support/nhn";

/** The lab's network, with its exact values. */
function lab(props: Partial<TwoTierNetworkProps> = {}) {
  const { stack, api } = nhnStack();
  const network = new TwoTierNetwork(stack, "Network", {
    api,
    cidr: Cidr.parse("172.31.0.0/16"),
    publicCidr: Cidr.parse("172.31.16.0/20"),
    privateCidr: Cidr.parse("172.31.0.0/20"),
    administrators: [Peer.ipv4("203.0.113.0/24")],
    ...props,
  });
  return { stack, network };
}

/** The ACL rules with the given destination port, as text. */
function rulesFor(network: TwoTierNetwork, port: number): string[] {
  return network.acl.lines
    .filter((line) => line.destinationPort?.from === port)
    .map((line) => `${line.policy} ${line.source} > ${line.destination}`);
}

describe("TwoTierNetwork", () => {
  test("has the lab's blocks, each subnet associated with its own table", () => {
    const { stack, network } = lab();
    expect(object(stack, "vpc").fields).toMatchObject({ cidrv4: "172.31.0.0/16" });
    expect(network.publicSubnet.cidr.toString()).toBe("172.31.16.0/20");
    expect(network.privateSubnet.cidr.toString()).toBe("172.31.0.0/20");
    const tables = objects(stack, "routingtable").map(({ block }) => `${block.address}.id`);
    const graph = graphOf(stack);
    const associations = graph.all("restapi_object").filter((address) => address.includes("Association"));
    expect(associations).toHaveLength(2);
    for (const table of tables)
      expect(associations.filter((address) => graph.needsOf(address).has(table.replace(/\.id$/, "")))).toHaveLength(1);
  });

  test("allows only SSH from public to private machines, independent of security groups", () => {
    const { stack, network } = lab();
    const from = reachability(stack).from(network.publicSubnet);
    for (const port of [Port.HTTPS, Port.tcp(53), Port.udp(53)])
      expect(from.to(network.privateSubnet, port).blocked).toBe(true);
    expect(from.to(network.privateSubnet, Port.SSH).blocked).toBe(false);
  });

  test("routes the public table to the internet gateway and the private table to the NAT gateway in the public subnet", () => {
    const { stack } = lab();
    expect(String(encoded(action(stack, "attach_gateway")["data"])["gateway_id"])).toContain("InternetGateway");
    expect(action(stack, "attach_gateway")["object_id"]).toMatch(/RoutingTable_public/);
    const { fields } = object(stack, "route");
    expect(fields["routingtable_id"]).toMatch(/RoutingTable_private/);
    expect(fields).toMatchObject({ cidr: "0.0.0.0/0" });
    expect(fields["gateway"]).toMatch(/NatGateway_\w+\.create_response/);
    expect(object(stack, "natgateway").fields["subnet_id"]).toMatch(/Subnet_public/);
  });

  test("allows SSH to private machines from the public subnet, and nothing from outside", () => {
    const { network } = lab();
    expect(rulesFor(network, 22)).toEqual([
      "allow 172.31.16.0/20 > 172.31.0.0/20",
      "allow 203.0.113.0/24 > 172.31.16.0/20",
    ]);
    const isReply = /^\w+: \w+ of /;
    const connections = network.acl.lines.filter(
      ({ destination, description }) => destination === "172.31.0.0/20" && !isReply.test(description),
    );
    expect(connections.map(({ source }) => source)).toEqual(["172.31.0.0/20", "172.31.16.0/20"]);
  });

  test("opens public ports to the internet, and private ports to public machines", () => {
    const { network } = lab({ publicPorts: [Port.tcp(30087)], privatePorts: [Port.tcp(6443)] });
    expect(rulesFor(network, 30087)).toEqual([
      "allow 172.31.0.0/16 > 172.31.16.0/20",
      "allow 0.0.0.0/0 > 172.31.16.0/20",
    ]);
    expect(rulesFor(network, 6443)).toEqual(["allow 172.31.16.0/20 > 172.31.0.0/20"]);
    expect(rulesFor(network, 443)).toEqual([]);
  });

  test("allows SSH from administrators to the bastion, and from the bastion to administered machines", () => {
    const { stack } = lab();
    const ssh = resources(stack, NetworkingSecgroupRuleV2)
      .filter((rule) => rule["port_range_min"] === 22 && rule["direction"] === "ingress")
      .map((rule) => [rule["security_group_id"], rule["remote_ip_prefix"] ?? rule["remote_group_id"]].join(" < "));
    expect(
      ssh.map((rule) => rule.replace(/\$\{openstack_networking_secgroup_v2\.Network_(\w+)_\w+\.id\}/g, "$1")),
    ).toEqual(["Administered < Bastion", "Bastion < 203.0.113.0/24"]);
  });

  test("is destroyed in the order that NHN Cloud requires: addresses, routes, NAT, gateway, tables, subnets, VPC", () => {
    const { stack, network } = lab();
    const floatingIp = new FloatingIp(stack, "FloatingIp", { external: network.internetGateway.externalNetwork });
    new NetworkPort(stack, "Bastion", { subnet: network.publicSubnet, securityGroups: [network.bastion], floatingIp });
    const graph = graphOf(stack);
    const addressOf = (noun: string) => object(stack, noun).block.address;
    const attachment = action(stack, "attach_gateway").address;
    const association = (tier: string) =>
      graph.all("restapi_object").find((address) => address.includes(`Subnet_${tier}_Association`)) ?? "";
    const order: readonly (readonly [first: string, then: string])[] = [
      ["openstack_networking_floatingip_associate_v2", attachment],
      ["openstack_networking_floatingip_associate_v2", association("public")],
      ["openstack_networking_floatingip_associate_v2", addressOf("acl_binding")],
      [addressOf("route"), addressOf("natgateway")],
      [addressOf("natgateway"), attachment],
      [addressOf("natgateway"), association("public")],
      [attachment, addressOf("internetgateway")],
      [association("private"), "restapi_object.Network_Subnet_private_F04EBB74"],
      [addressOf("acl_binding"), addressOf("acl")],
      [addressOf("acl_binding"), addressOf("vpc")],
      ["openstack_networking_port_v2", addressOf("vpc")],
    ];
    expect(order.filter(([first, then]) => !graph.needs(first, then))).toEqual([]);
    for (const { block } of [...objects(stack, "routingtable"), ...objects(stack, "vpcsubnet")])
      expect(graph.needs(block.address, addressOf("vpc"))).toBe(true);
    expect(graph.cycle).toBeUndefined();
  });

  test.each([
    ["no block", []],
    ["the internet", [Peer.ipv4("203.0.113.0/24"), Peer.anyIpv4()]],
  ])("rejects administrators from %s", (_, administrators) => {
    expect(() => lab({ administrators })).toViolate(NHN018, /name the blocks/);
  });

  test("rejects an administration port among the public ports", () => {
    expect(() => lab({ publicPorts: [Port.HTTPS, Port.SSH] })).toViolate(NHN018, /tcp 22 open to the internet/);
  });
});
