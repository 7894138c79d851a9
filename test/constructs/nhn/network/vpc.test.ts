import { NHN001, NHN002, NHN004, NHN012, NHN013 } from "@groundwork/constructs/nhn/rules";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Region } from "@groundwork/constructs/nhn/region";
import { NetworkAcl } from "@groundwork/constructs/nhn/acl/network-acl";
import { NHN_CLOUD } from "@groundwork/constructs/nhn/cloud";
import { RoutingTable } from "@groundwork/constructs/nhn/network/routing-table";
import { Subnet } from "@groundwork/constructs/nhn/network/subnet";
import { type IVpc, Vpc } from "@groundwork/constructs/nhn/network/vpc";
import { Peer } from "@groundwork/constructs/core/peer";
import fc from "fast-check";
import { anyCidr } from "../../../support/arbitrary";
import { nhnStack, object, objects } from "../../../support/nhn";

const lab = Cidr.parse("172.31.0.0/16");

describe("Vpc", () => {
  test("is one object whose name and block change in place", () => {
    const { stack, api } = nhnStack();
    new Vpc(stack, "Vpc", { api, cidr: lab });
    const { block, fields, changeable } = object(stack, "vpc");
    expect(block["path"]).toBe("/v2.0/vpcs");
    expect(fields).toEqual({ name: "test-vpc", cidrv4: "172.31.0.0/16" });
    expect(changeable).toEqual(fields);
    expect(block).not.toHaveProperty("force_new");
  });

  test("creates no resource for an imported VPC", () => {
    const { stack, api } = nhnStack();
    const vpc = Vpc.fromAttributes(stack, "Vpc", { api, networkId: "vpc-1", cidr: lab });
    expect(vpc.networkId).toBe("vpc-1");
    expect(vpc.peers.map(String)).toEqual(["172.31.0.0/16"]);
    expect(objects(stack, "vpc")).toEqual([]);
  });

  test("of a user's own class knows its subnets and tables", () => {
    const { stack, api } = nhnStack();
    const vpc: IVpc = {
      networkId: "vpc-1",
      cidr: lab,
      peers: [Peer.ipv4(lab)],
      cloud: NHN_CLOUD,
      api,
      addSubnet: () => undefined,
    };
    const routingTable = new RoutingTable(stack, "Table", { vpc });
    new Subnet(stack, "Subnet", { routingTable, cidr: Cidr.parse("172.31.0.0/20") });
    expect(() => new Subnet(stack, "Overlap", { routingTable, cidr: Cidr.parse("172.31.0.0/24") })).toViolate(NHN004);
    const acl = new NetworkAcl(stack, "Acl", { vpc, subnets: {} });
    expect(acl.node.validate().join("\n")).toMatch(/no rules for test\/Subnet/);
    expect(() => new NetworkAcl(stack, "Second", { vpc, subnets: {} })).toViolate(NHN012);
  });

  test("accepts every block of the three private ranges down to a /24, and no other", () => {
    const spaces = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((space) => Cidr.parse(space));
    const inside = fc
      .tuple(fc.constantFrom(...spaces), anyCidr(12))
      .map(([space, cidr]) =>
        Cidr.containing(space.first + (cidr.first % space.size), Math.max(cidr.prefix, space.prefix)),
      );
    fc.assert(
      fc.property(fc.oneof(anyCidr(8), inside), (cidr) => {
        const { stack, api } = nhnStack();
        const create = () => new Vpc(stack, "Vpc", { api, cidr });
        const fits = spaces.some((space) => space.contains(cidr)) && cidr.prefix <= 24;
        if (fits) expect(create).not.toThrow();
        else expect(create).toThrow(/NHN00[12]/);
      }),
    );
  });

  test.each(["8.0.0.0/16", "100.64.0.0/16", "169.254.0.0/16", "172.32.0.0/16", "0.0.0.0/0"])(
    "rejects %s, which is outside of NHN Cloud's private ranges",
    (block) => {
      const { stack, api } = nhnStack();
      expect(() => new Vpc(stack, "Vpc", { api, cidr: Cidr.parse(block) })).toViolate(NHN001, /10\.0\.0\.0\/8/);
    },
  );

  test("rejects a block smaller than a /24", () => {
    const { stack, api } = nhnStack();
    expect(() => new Vpc(stack, "Vpc", { api, cidr: Cidr.parse("10.0.0.0/25") })).toViolate(NHN002, /test\/Vpc: 10/);
  });

  test("rejects a fourth VPC of a stack, unless the project has a raised quota", () => {
    const three = (quotas?: { vpcs: number }) => {
      const { stack, api } = nhnStack(Region.KR2);
      const adjusted = quotas === undefined ? api : { ...api, quotas };
      for (const name of ["A", "B", "C"]) new Vpc(stack, name, { api: adjusted, cidr: lab });
      return () => new Vpc(stack, "D", { api: adjusted, cidr: lab });
    };
    expect(three()).toViolate(NHN013, /4 VPCs in one stack/);
    expect(three({ vpcs: 4 })).not.toThrow();
  });
});
