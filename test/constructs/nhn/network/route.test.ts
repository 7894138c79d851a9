import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { CID001 } from "@groundwork/constructs/core/rules";
import { InternetGateway } from "@groundwork/constructs/nhn/network/internet-gateway";
import { NatGateway } from "@groundwork/constructs/nhn/network/nat-gateway";
import { NextHop, Route } from "@groundwork/constructs/nhn/network/route";
import { RoutingTable } from "@groundwork/constructs/nhn/network/routing-table";
import { NHN016 } from "@groundwork/constructs/nhn/rules";
import { Access, Subnet } from "@groundwork/constructs/nhn/network/subnet";
import { graphOf } from "../../../support/graph";
import { object, vpcStack } from "../../../support/nhn";

function privateTable() {
  const { stack, vpc } = vpcStack();
  return { stack, vpc, routingTable: new RoutingTable(stack, "Private", { vpc }) };
}

describe("Route", () => {
  test("uses the NAT gateway's address as next hop, after the gateway is ready", () => {
    const { stack, vpc, routingTable } = privateTable();
    const publicTable = new RoutingTable(stack, "Public", {
      vpc,
      internetGateway: new InternetGateway(stack, "Gateway"),
    });
    const cidr = Cidr.parse("172.31.16.0/20");
    const subnet = new Subnet(stack, "Subnet", { cidr, routingTable: publicTable, access: Access.PUBLIC });
    new Route(stack, "Outbound", {
      routingTable,
      nextHop: NextHop.natGateway(new NatGateway(stack, "Nat", { subnet })),
    });
    const { block, fields } = object(stack, "route");
    expect(fields).toMatchObject({ cidr: "0.0.0.0/0", description: "to the internet" });
    expect(fields["gateway"]).toMatch(/^jsondecode\(restapi_object\.Nat_\w+\.create_response\)\.natgateway\.fixed_ip$/);
    expect(graphOf(stack).needs(block.address, "terraform_data")).toBe(true);
  });

  test("changes destination and next hop in place, and is replaced on another table", () => {
    const { stack, routingTable } = privateTable();
    const destination = Peer.ipv4("10.0.0.0/8");
    new Route(stack, "Route", { routingTable, destination, nextHop: NextHop.address("172.31.0.9") });
    const { block, changeable } = object(stack, "route");
    expect(changeable).toEqual({ cidr: "10.0.0.0/8", gateway: "172.31.0.9", description: "to 10.0.0.0/8" });
    expect(block["force_new"]).toEqual([expect.stringMatching(/^routingtable_id=/)]);
  });

  test("is a dependency of the machines in the table's subnets", () => {
    const { stack, routingTable } = privateTable();
    const subnet = new Subnet(stack, "Subnet", { cidr: Cidr.parse("172.31.0.0/20"), routingTable });
    const before = subnet.routing.length;
    new Route(stack, "Route", { routingTable, nextHop: NextHop.address("172.31.0.9") });
    expect(subnet.routing).toHaveLength(before + 1);
  });

  test("accepts a next hop that is only known at apply", () => {
    const { stack, routingTable } = privateTable();
    expect(
      () => new Route(stack, "Route", { routingTable, nextHop: NextHop.address("${TfToken[TOKEN.1]}") }),
    ).not.toThrow();
  });

  test("rejects a next hop outside of the VPC, or without an address", () => {
    const { stack, routingTable } = privateTable();
    const routeThrough = (address: string) => () =>
      new Route(stack, address, { routingTable, nextHop: NextHop.address(address) });
    expect(routeThrough("172.30.0.9")).toViolate(NHN016, /next hop 172\.30\.0\.9, in a VPC of 172\.31\.0\.0\/16/);
    expect(routeThrough("router")).toViolate(CID001);
  });

  test("rejects a destination that is not an IPv4 block", () => {
    const { stack, routingTable } = privateTable();
    const destination = Peer.anyIpv6();
    expect(
      () => new Route(stack, "Route", { routingTable, destination, nextHop: NextHop.address("172.31.0.9") }),
    ).toViolate(NHN016, /a route to ::\/0/);
  });

  test("rejects a second route to the same destination", () => {
    const { stack, routingTable } = privateTable();
    new Route(stack, "One", { routingTable, nextHop: NextHop.address("172.31.0.9") });
    expect(() => new Route(stack, "Other", { routingTable, nextHop: NextHop.address("172.31.0.10") })).toViolate(
      NHN016,
      /second route to 0\.0\.0\.0\/0 in addition to test\/One/,
    );
  });
});
