import { NetworkAclRules } from "@groundwork/constructs/core/network-acl-rules";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { TXT001 } from "@groundwork/constructs/core/rules";
import { NetworkAcl } from "@groundwork/constructs/nhn/acl/network-acl";
import { InternetGateway } from "@groundwork/constructs/nhn/network/internet-gateway";
import { NatGateway } from "@groundwork/constructs/nhn/network/nat-gateway";
import { NextHop, Route } from "@groundwork/constructs/nhn/network/route";
import { RoutingTable } from "@groundwork/constructs/nhn/network/routing-table";
import { Access, Subnet } from "@groundwork/constructs/nhn/network/subnet";
import { Vpc } from "@groundwork/constructs/nhn/network/vpc";
import { Region } from "@groundwork/constructs/nhn/region";
import { NHN014, NHN019, NHN020 } from "@groundwork/constructs/nhn/rules";
import { Construct } from "constructs";
import { synthesized } from "../../support/fixture";
import { vpcStack } from "../../support/nhn";

type Fixture = ReturnType<typeof vpcStack>;
const cidr = Cidr.parse("172.31.0.0/20");

function publicSubnet({ stack, vpc }: Fixture): Subnet {
  const routingTable = new RoutingTable(stack, "Table", {
    vpc,
    internetGateway: new InternetGateway(stack, "Gateway"),
  });
  return new Subnet(stack, "Subnet", { cidr, routingTable, access: Access.PUBLIC });
}

/** Every construct with a name or a description. */
const TEXTS: Readonly<Record<string, (fixture: Fixture, text: string) => unknown>> = {
  VPC: ({ stack, api }, name) => new Vpc(stack, "X", { api, cidr: Cidr.parse("10.0.0.0/16"), name }),
  subnet: ({ stack, vpc }, name) =>
    new Subnet(stack, "X", { cidr, routingTable: new RoutingTable(stack, "T", { vpc }), name }),
  "routing table": ({ stack, vpc }, name) => new RoutingTable(stack, "X", { vpc, name }),
  "internet gateway": ({ stack }, name) => new InternetGateway(stack, "X", { name }),
  "NAT gateway": (fixture, name) => new NatGateway(fixture.stack, "X", { subnet: publicSubnet(fixture), name }),
  "description of a NAT gateway": (fixture, description) =>
    new NatGateway(fixture.stack, "X", { subnet: publicSubnet(fixture), description }),
  "network ACL": ({ stack, vpc }, name) => new NetworkAcl(stack, "X", { vpc, subnets: {}, name }),
  "description of a network ACL": ({ stack, vpc }, description) =>
    new NetworkAcl(stack, "X", { vpc, subnets: {}, description }),
};

describe("names and descriptions of NHN Cloud", () => {
  test.each(Object.entries(TEXTS))("of a %s have at most 255 printable characters", (_, create) => {
    expect(() => create(vpcStack(), "x".repeat(255))).not.toThrow();
    expect(() => create(vpcStack(), "x".repeat(256))).toViolate(TXT001, /256 characters/);
    expect(() => create(vpcStack(), "a\nb")).toViolate(TXT001);
  });

  test.each(Object.entries(TEXTS))("of a %s are one string for Terraform's jsonencode", (_, create) => {
    const fixture = vpcStack();
    create(fixture, 'a"b\\c${d}%{e}');
    const expected = JSON.stringify('a"b\\c$${d}%%{e}');
    expect(JSON.stringify(synthesized(fixture.stack))).toContain(JSON.stringify(expected).slice(1, -1));
  });

  test("are shortened when they are derived from a long path", () => {
    const fixture = vpcStack();
    const scope = new Construct(fixture.stack, "x".repeat(300));
    new RoutingTable(scope, "Table", { vpc: fixture.vpc });
    expect(JSON.stringify(synthesized(fixture.stack))).not.toMatch(/"name\\" = \\"[^"\\]{256}/);
  });
});

describe("further limits of NHN Cloud", () => {
  test("reject a description of a route with more than 256 bytes", () => {
    const route = (description: string) => {
      const { stack, vpc } = vpcStack();
      const routingTable = new RoutingTable(stack, "T", { vpc });
      new Route(stack, "X", { routingTable, nextHop: NextHop.address("172.31.0.9"), description });
    };
    expect(() => route("x".repeat(256))).not.toThrow();
    expect(() => route("ü".repeat(129))).toViolate(NHN020, /258 bytes/);
    expect(() => route("a\nb")).toViolate(NHN020);
  });

  test.each(["Resource", "Binding", "InitialRules", "Enforcement", ""])(
    "reject the key %s of a subnet's rules",
    (key) => {
      const { stack, vpc } = vpcStack();
      const subnets = { [key]: { cidr, rules: NetworkAclRules.none(), from: 1_000 } };
      expect(() => new NetworkAcl(stack, "X", { vpc, subnets })).toViolate(NHN019, /key/);
    },
  );

  test("reject keys that have one id", () => {
    const { stack, vpc } = vpcStack();
    const rules = NetworkAclRules.none();
    const subnets = {
      "a/b": { cidr, rules, from: 1_000 },
      "a--b": { cidr: Cidr.parse("172.31.16.0/20"), rules, from: 2_000 },
    };
    expect(() => new NetworkAcl(stack, "X", { vpc, subnets })).toViolate(NHN019);
  });

  test("name the regions that offer a service", () => {
    expect(() => Region.JP1.require("network ACL", "x")).toViolate(NHN014, /use KR1 or KR2 or KR3,/);
    expect(() => Region.KR3.require("NAT gateway", "x")).toViolate(NHN014, /use KR1 or KR2,/);
  });
});
