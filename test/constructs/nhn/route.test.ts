import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { CID001 } from "@groundwork/constructs/core/rules";
import { InternetGateway } from "@groundwork/constructs/nhn/internet-gateway";
import { NatGateway } from "@groundwork/constructs/nhn/nat-gateway";
import { Route, Way } from "@groundwork/constructs/nhn/route";
import { RoutingTable } from "@groundwork/constructs/nhn/routing-table";
import { NHN016 } from "@groundwork/constructs/nhn/rules";
import { Access, Subnet } from "@groundwork/constructs/nhn/subnet";
import { graphOf } from "../../support/graph";
import { object, vpcStack } from "../../support/nhn";

function privateTable() {
  const { stack, vpc } = vpcStack();
  return { stack, vpc, routingTable: new RoutingTable(stack, "Private", { vpc }) };
}

describe("Route", () => {
  test("leads through the NAT gateway's own address, once the gateway is ready", () => {
    const { stack, vpc, routingTable } = privateTable();
    const publicTable = new RoutingTable(stack, "Public", {
      vpc,
      internetGateway: new InternetGateway(stack, "Gateway"),
    });
    const cidr = Cidr.parse("172.31.16.0/20");
    const subnet = new Subnet(stack, "Subnet", { cidr, routingTable: publicTable, access: Access.PUBLIC });
    new Route(stack, "Outbound", { routingTable, through: Way.natGateway(new NatGateway(stack, "Nat", { subnet })) });
    const { block, fields } = object(stack, "route");
    expect(fields).toMatchObject({ cidr: "0.0.0.0/0", description: "to the internet" });
    expect(fields["gateway"]).toMatch(/^jsondecode\(restapi_object\.Nat_\w+\.create_response\)\.natgateway\.fixed_ip$/);
    expect(graphOf(stack).needs(block.address, "terraform_data")).toBe(true);
  });

  test("changes where it leads in place, and is replaced on another table", () => {
    const { stack, routingTable } = privateTable();
    const destination = Peer.ipv4("10.0.0.0/8");
    new Route(stack, "Route", { routingTable, destination, through: Way.address("172.31.0.9") });
    const { block, changeable } = object(stack, "route");
    expect(changeable).toEqual({ cidr: "10.0.0.0/8", gateway: "172.31.0.9", description: "to 10.0.0.0/8" });
    expect(block["force_new"]).toEqual([expect.stringMatching(/^routingtable_id=/)]);
  });

  test("is what machines of the table's subnets wait for", () => {
    const { stack, routingTable } = privateTable();
    const subnet = new Subnet(stack, "Subnet", { cidr: Cidr.parse("172.31.0.0/20"), routingTable });
    const before = subnet.routing.length;
    new Route(stack, "Route", { routingTable, through: Way.address("172.31.0.9") });
    expect(subnet.routing).toHaveLength(before + 1);
  });

  test("takes an address that only Terraform will know", () => {
    const { stack, routingTable } = privateTable();
    expect(() => new Route(stack, "Route", { routingTable, through: Way.address("${var.router}") })).not.toThrow();
  });

  test("rejects a way through an address outside of the VPC, or none at all", () => {
    const { stack, routingTable } = privateTable();
    const through = (address: string) => () =>
      new Route(stack, address, { routingTable, through: Way.address(address) });
    expect(through("172.30.0.9")).toViolate(NHN016, /172\.30\.0\.9, in a VPC of 172\.31\.0\.0\/16/);
    expect(through("router")).toViolate(CID001);
  });

  test("rejects a destination that is no IPv4 block", () => {
    const { stack, routingTable } = privateTable();
    const destination = Peer.anyIpv6();
    expect(
      () => new Route(stack, "Route", { routingTable, destination, through: Way.address("172.31.0.9") }),
    ).toViolate(NHN016, /a route to ::\/0/);
  });

  test("rejects a second way to the same destination", () => {
    const { stack, routingTable } = privateTable();
    new Route(stack, "One", { routingTable, through: Way.address("172.31.0.9") });
    expect(() => new Route(stack, "Other", { routingTable, through: Way.address("172.31.0.10") })).toViolate(
      NHN016,
      /second way to 0\.0\.0\.0\/0 beside test\/One/,
    );
  });
});
