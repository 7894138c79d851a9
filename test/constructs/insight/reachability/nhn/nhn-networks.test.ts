import { ObjectResource } from "@groundwork/provider-restapi/lib/object-resource";
import { NetworkingPortV2 } from "@groundwork/provider-openstack/lib/networking-port-v2";
import { NetworkingFloatingipV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { NetworkAclRules } from "@groundwork/constructs/core/network-acl-rules";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { InternetGateway } from "@groundwork/constructs/nhn/network/internet-gateway";
import { NetworkAcl } from "@groundwork/constructs/nhn/acl/network-acl";
import { NextHop, Route } from "@groundwork/constructs/nhn/network/route";
import { RoutingTable } from "@groundwork/constructs/nhn/network/routing-table";
import { Access, Subnet } from "@groundwork/constructs/nhn/network/subnet";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { LoadBalancer } from "@groundwork/constructs/openstack/load-balancing/load-balancer";
import { vpcStack } from "../../../../support/nhn";
import { nhnTwoTiers } from "../../../../support/two-tiers";

const INTERNET = Peer.internet();

describe("the ACL of a VPC", () => {
  test("blocks by its default rule, and reports the number", () => {
    const { stack, web } = nhnTwoTiers();
    expect(reachability(stack).from(INTERNET).to(web, Port.SSH).toString()).toMatch(
      /blocked at network ACL test\/Network\/Acl, rule 32765/,
    );
  });

  test("is evaluated once for requests inside of the VPC, and once for replies", () => {
    const { stack, bastion, worker } = nhnTwoTiers();
    const hops = reachability(stack).from(bastion).to(worker, Port.SSH).hops.map(String);
    expect(hops.filter((hop) => hop.includes("ACL"))).toEqual([
      expect.stringMatching(/^allowed by network ACL test\/Network\/Acl, rule \d+$/),
      expect.stringMatching(/^reply: allowed by network ACL test\/Network\/Acl, rule \d+$/),
    ]);
  });

  test("is evaluated on both sides of a NAT gateway, for requests and replies", () => {
    const { stack, worker } = nhnTwoTiers();
    const hops = reachability(stack).from(worker).to(INTERNET, Port.HTTPS).hops.map(String);
    expect(hops.filter((hop) => hop.includes("ACL"))).toHaveLength(4);
  });

  test("allows all traffic by its initial rule until that is removed", () => {
    const { stack, network, web } = nhnTwoTiers();
    network.acl.node.tryRemoveChild("Enforcement");
    expect(reachability(stack).from(INTERNET).to(web, Port.SSH).hops.join("\n")).toContain(
      "ACL test/Network/Acl, rule 101",
    );
  });

  test("matches addresses and ports of both endpoints", () => {
    const { stack, vpc } = vpcStack();
    const routingTable = new RoutingTable(stack, "Table", {
      vpc,
      internetGateway: new InternetGateway(stack, "Gateway"),
    });
    const blocks = { web: Cidr.parse("172.31.0.0/20"), closed: Cidr.parse("172.31.16.0/20") };
    const [web, closed] = Object.entries(blocks).map(
      ([id, cidr]) => new Subnet(stack, id, { cidr, routingTable, access: Access.PUBLIC }),
    );
    const rules = NetworkAclRules.none().allowInbound(100, Peer.anyIpv4(), Port.HTTP);
    const subnets = {
      web: { cidr: blocks.web, rules, from: 1_000 },
      closed: { cidr: blocks.closed, rules: NetworkAclRules.none(), from: 2_000 },
    };
    new NetworkAcl(stack, "Acl", { vpc, subnets });
    if (web === undefined || closed === undefined) throw new Error("expected two subnets");
    const traffic = reachability(stack);
    expect([web, closed].map((to) => traffic.from(INTERNET).to(to, Port.HTTP).verdict)).toEqual(["passes", "blocked"]);
    // The rule for replies from port 80 does not match outbound connections.
    expect(traffic.from(web).to(INTERNET, Port.tcp(8080)).hops.at(-1)?.toString()).toBe(
      "blocked at network ACL test/Acl, rule 32765",
    );
  });

  test("does not apply without a binding", () => {
    const { stack, network, web } = nhnTwoTiers();
    network.acl.node.tryRemoveChild("Binding");
    expect(reachability(stack).from(INTERNET).to(web, Port.HTTP).toString()).not.toContain("ACL");
  });
});

describe("routes of a VPC", () => {
  test("use the internet gateway that is attached to the table, and the NAT gateway of a route", () => {
    const { stack, web, worker } = nhnTwoTiers();
    const traffic = reachability(stack);
    expect(traffic.from(web).to(INTERNET, Port.HTTPS).hops.join("\n")).toContain(
      "test/Network/RoutingTable/public routes 0.0.0.0/0 to internet gateway test/Network/InternetGateway",
    );
    expect(traffic.from(worker).to(INTERNET, Port.HTTPS).hops.join("\n")).toContain(
      "test/Network/RoutingTable/private routes 0.0.0.0/0 to NAT gateway test/Network/NatGateway",
    );
  });

  test("may refer to a machine by its address, which drops packets unless it forwards", () => {
    const { stack, vpc } = vpcStack();
    const routingTable = new RoutingTable(stack, "Table", { vpc });
    const subnet = new Subnet(stack, "Subnet", { cidr: Cidr.parse("172.31.0.0/20"), routingTable });
    const { networkId, subnetId } = subnet;
    const port = (id: string, ipAddress: string) =>
      new NetworkingPortV2(stack, id, {
        networkId,
        fixedIp: [{ subnetId, ipAddress }],
        noSecurityGroups: true,
        portSecurityEnabled: true,
      });
    port("Forwarder", "172.31.0.9");
    new Route(stack, "Out", { routingTable, nextHop: NextHop.address("172.31.0.9") });
    const out = () => reachability(stack).from(subnet).to(INTERNET, Port.HTTPS).hops.at(-1)?.toString();
    expect(out()).toBe("test/Table routes 0.0.0.0/0 to test/Forwarder, which does not forward packets");
  });

  test("default to the table of the VPC, which has local routes only", () => {
    const { stack, vpc } = vpcStack();
    const subnet = new ObjectResource(stack, "subnet", {
      path: "/v2.0/vpcsubnets",
      idAttribute: "vpcsubnet/id",
      data: JSON.stringify({ vpcsubnet: { vpc_id: vpc.networkId, cidr: "172.31.0.0/20", name: "by-hand" } }),
    });
    const out = reachability(stack).from(subnet).to(INTERNET, Port.HTTPS);
    expect(out.hops.at(-1)?.toString()).toBe("no route from subnet test/subnet to the internet");
  });
});

test("a floating IP with a port in its own arguments is a public address of the port", () => {
  const { stack, network } = nhnTwoTiers();
  const { networkId, subnetId } = network.publicSubnet;
  const port = new NetworkingPortV2(stack, "port", { networkId, fixedIp: [{ subnetId }], portSecurityEnabled: false });
  const verdict = () => reachability(stack).from(INTERNET).to(port, Port.HTTP).verdict;
  expect(verdict()).toBe("blocked");
  new NetworkingFloatingipV2(stack, "address", { pool: "Public Network", portId: port.id });
  expect(verdict()).toBe("passes");
});

test("a load balancer is reachable on the ports of its listeners that the ACL allows", () => {
  const { stack, network } = nhnTwoTiers();
  const { publicSubnet: subnet, internetGateway } = network;
  const floatingIp = new FloatingIp(stack, "Address", { external: internetGateway.externalNetwork });
  const balancer = new LoadBalancer(stack, "Balancer", { subnet, fixedAddress: "172.31.16.30", floatingIp });
  for (const port of [443, 444])
    balancer.addListener(`port-${port}`, { port, targets: [{ name: "node", fixedAddress: "172.31.0.20" }] });
  const explanation = (port: number) => reachability(stack).from(INTERNET).to(balancer, Port.tcp(port)).toString();
  expect(explanation(443)).toContain("tcp 443: passes");
  expect(explanation(444)).toMatch(/blocked at network ACL/);
  expect(explanation(80)).toMatch(/blocked at security group test\/Balancer.* \(listeners\)/);
});
