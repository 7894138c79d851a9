import { InternetGateway } from "@groundwork/constructs/nhn/network/internet-gateway";
import { Routing, RoutingTable } from "@groundwork/constructs/nhn/network/routing-table";
import { NHN005, NHN006, NHN013, NHN016 } from "@groundwork/constructs/nhn/rules";
import { NextHop, Route } from "@groundwork/constructs/nhn/network/route";
import { Vpc } from "@groundwork/constructs/nhn/network/vpc";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { graphOf } from "../../../support/graph";
import { action, encoded, object, vpcStack } from "../../../support/nhn";

describe("RoutingTable", () => {
  test("uses distributed routing by default, and changes it in place", () => {
    const { stack, vpc } = vpcStack();
    new RoutingTable(stack, "Table", { vpc });
    const { block, fields, changeable } = object(stack, "routingtable");
    expect(fields).toMatchObject({ name: "test-table", distributed: true });
    expect(changeable).toEqual({ name: "test-table", distributed: true });
    expect(block["force_new"]).toEqual([expect.stringMatching(/^vpc_id=\$\{restapi_object\./)]);
  });

  test("uses centralized routing if requested", () => {
    const { stack, vpc } = vpcStack();
    new RoutingTable(stack, "Table", { vpc, routing: Routing.CENTRALIZED });
    expect(object(stack, "routingtable").fields).toMatchObject({ distributed: false });
  });

  test("attaches a gateway, detects a lost attachment, and detaches the gateway before either is destroyed", () => {
    const { stack, vpc } = vpcStack();
    new RoutingTable(stack, "Table", { vpc, internetGateway: new InternetGateway(stack, "Gateway") });
    const attachment = action(stack, "attach_gateway");
    expect(attachment).toMatchObject({
      create_method: "PUT",
      destroy_path: "/v2.0/routingtables/{id}/detach_gateway",
      read_path: "/v2.0/routingtables",
      read_search: { results_key: "routingtables", search_key: "gateway_id" },
    });
    expect(Object.keys(encoded(attachment["data"]))).toEqual(["gateway_id"]);
    const graph = graphOf(stack);
    expect(graph.needs(attachment.address, object(stack, "routingtable").block.address)).toBe(true);
    expect(graph.needs(attachment.address, object(stack, "internetgateway").block.address)).toBe(true);
  });

  test("rejects a gateway that is attached to another table", () => {
    const { stack, vpc } = vpcStack();
    const internetGateway = new InternetGateway(stack, "Gateway");
    new RoutingTable(stack, "One", { vpc, internetGateway });
    expect(() => new RoutingTable(stack, "Other", { vpc, internetGateway })).toViolate(NHN006, /attached to test\/One/);
  });

  test("rejects an imported gateway that is attached to another table", () => {
    const { stack, vpc } = vpcStack();
    const internetGateway = InternetGateway.fromId(stack, "Gateway", "igw-1");
    new RoutingTable(stack, "One", { vpc, internetGateway });
    expect(() => new RoutingTable(stack, "Other", { vpc, internetGateway })).toViolate(NHN006);
  });

  test("rejects a second route to the internet in addition to the gateway", () => {
    const { stack, vpc } = vpcStack();
    const routingTable = new RoutingTable(stack, "Table", {
      vpc,
      internetGateway: new InternetGateway(stack, "Gateway"),
    });
    expect(() => new Route(stack, "Route", { routingTable, nextHop: NextHop.address("172.31.0.9") })).toViolate(
      NHN016,
      /second route to 0\.0\.0\.0\/0 in addition to test\/Table/,
    );
  });

  test("rejects an eleventh table of a VPC, and an eleventh route of a table", () => {
    const { stack, vpc } = vpcStack();
    const tables = [..."abcdefghij"].map((letter) => new RoutingTable(stack, letter, { vpc }));
    expect(() => new RoutingTable(stack, "k", { vpc })).toViolate(NHN005, /routing table of this VPC number 11/);
    const [routingTable] = tables;
    if (routingTable === undefined) throw new Error("no table");
    const route = (n: number) => () =>
      new Route(stack, `to-${n}`, {
        routingTable,
        destination: Peer.ipv4(`10.${n}.0.0/16`),
        nextHop: NextHop.address("172.31.0.9"),
      });
    for (let n = 0; n < 10; n++) route(n)();
    expect(route(10)).toViolate(NHN005, /route of this table number 11/);
  });

  test("rejects a fourth attached gateway of a stack", () => {
    const { stack, api } = vpcStack();
    const attach = (n: number) => () => {
      const vpc = Vpc.fromAttributes(stack, `Vpc${n}`, { api, networkId: `vpc-${n}`, cidr: Cidr.parse("10.0.0.0/16") });
      new RoutingTable(stack, `Table${n}`, { vpc, internetGateway: new InternetGateway(stack, `Gateway${n}`) });
    };
    for (let n = 0; n < 3; n++) attach(n)();
    expect(attach(3)).toViolate(NHN013, /4 internet gateways/);
  });
});
