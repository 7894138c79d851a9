import { Cidr } from "@groundwork/constructs/core/cidr";
import { InternetGateway } from "@groundwork/constructs/nhn/network/internet-gateway";
import { reservedAddresses } from "@groundwork/constructs/nhn/limits";
import { RoutingTable } from "@groundwork/constructs/nhn/network/routing-table";
import { NHN003, NHN004, NHN005, NHN008, NHN017 } from "@groundwork/constructs/nhn/rules";
import { Access, Subnet } from "@groundwork/constructs/nhn/network/subnet";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { Port } from "@groundwork/constructs/openstack/network/port";
import { OST002 } from "@groundwork/constructs/openstack/rules";
import fc from "fast-check";
import { anyCidr } from "../../../support/arbitrary";
import { graphOf } from "../../../support/graph";
import { action, encoded, object, vpcStack } from "../../../support/nhn";

function tables() {
  const { stack, vpc } = vpcStack();
  const internetGateway = new InternetGateway(stack, "Gateway");
  return {
    stack,
    vpc,
    external: internetGateway.externalNetwork,
    publicTable: new RoutingTable(stack, "PublicTable", { vpc, internetGateway }),
    privateTable: new RoutingTable(stack, "PrivateTable", { vpc }),
  };
}

const lab = { public: Cidr.parse("172.31.16.0/20"), private: Cidr.parse("172.31.0.0/20") };

describe("Subnet", () => {
  test("is associated with its table, and detached before either is destroyed", () => {
    const { stack, privateTable } = tables();
    new Subnet(stack, "Private", { cidr: lab.private, routingTable: privateTable });
    const association = action(stack, "attach_routingtable");
    expect(association).toMatchObject({
      path: "/v2.0/vpcsubnets",
      create_method: "PUT",
      read_path: "/v2.0/vpcsubnets/{id}",
      destroy_method: "PUT",
      destroy_path: "/v2.0/vpcsubnets/{id}/detach_routingtable",
    });
    expect(Object.keys(encoded(association["data"]))).toEqual(["routingtable_id"]);
    const graph = graphOf(stack);
    expect(graph.needs(association.address, object(stack, "vpcsubnet").block.address)).toBe(true);
    expect([...graph.needsOf(association.address)].some((address) => address.includes("PrivateTable"))).toBe(true);
  });

  test("changes only its name in place", () => {
    const { stack, privateTable } = tables();
    new Subnet(stack, "Private", { cidr: lab.private, routingTable: privateTable, name: "private" });
    const { block, changeable } = object(stack, "vpcsubnet");
    expect(changeable).toEqual({ name: "private" });
    expect(block["force_new"]).toEqual([expect.stringMatching(/^vpc_id=/), "cidr=172.31.0.0/20"]);
  });

  test("reserves five addresses in a subnet of any size", () => {
    fc.assert(
      fc.property(anyCidr(8, 28), (cidr) => {
        const reserved = reservedAddresses(cidr).map((address) => Cidr.parse(`${address}/32`));
        expect(new Set(reserved.map(String)).size).toBe(5);
        expect(reserved.every((address) => cidr.contains(address))).toBe(true);
      }),
    );
    expect(reservedAddresses(lab.private)).toEqual([
      "172.31.0.0",
      "172.31.0.1",
      "172.31.0.2",
      "172.31.0.3",
      "172.31.15.255",
    ]);
  });

  test("allows a floating IP in a public subnet, and disconnects it before the gateway is detached", () => {
    const { stack, publicTable, external } = tables();
    const subnet = new Subnet(stack, "Public", { cidr: lab.public, routingTable: publicTable, access: Access.PUBLIC });
    const floatingIp = new FloatingIp(stack, "FloatingIp", { external });
    new Port(stack, "Port", { subnet, securityGroups: [], fixedAddress: "172.31.16.10", floatingIp });
    const graph = graphOf(stack);
    for (const name of ["attach_gateway", "attach_routingtable"])
      expect(graph.needs("openstack_networking_floatingip_associate_v2", action(stack, name).address)).toBe(true);
  });

  test("rejects a floating IP in a private subnet", () => {
    const { stack, privateTable, external } = tables();
    const subnet = new Subnet(stack, "Private", { cidr: lab.private, routingTable: privateTable });
    const floatingIp = new FloatingIp(stack, "FloatingIp", { external });
    expect(() => new Port(stack, "Port", { subnet, securityGroups: [], floatingIp })).toViolate(
      NHN017,
      /private subnet 172\.31\.0\.0\/20/,
    );
    const { vpc } = subnet;
    const imported = Subnet.fromAttributes(stack, "Imported", {
      vpc,
      subnetId: "subnet-1",
      cidr: Cidr.parse("172.31.32.0/20"),
      access: Access.PRIVATE,
    });
    expect(() => imported.floatingIpDependencies(stack)).toViolate(NHN017);
  });

  test("rejects a fixed address that NHN Cloud reserves", () => {
    const { stack, privateTable } = tables();
    const subnet = new Subnet(stack, "Private", { cidr: lab.private, routingTable: privateTable });
    expect(() => new Port(stack, "Port", { subnet, securityGroups: [], fixedAddress: "172.31.0.3" })).toViolate(
      OST002,
      /172\.31\.0\.3 is reserved by NHN Cloud/,
    );
  });

  test.each([
    ["outside of its VPC", "172.30.0.0/20"],
    ["larger than its VPC", "172.30.0.0/15"],
    ["smaller than a /28", "172.31.0.0/29"],
  ])("rejects a block %s", (_, block) => {
    const { stack, privateTable } = tables();
    const cidr = Cidr.parse(block);
    expect(() => new Subnet(stack, "Subnet", { cidr, routingTable: privateTable })).toViolate(
      NHN003,
      /172\.31\.0\.0\/16/,
    );
  });

  test("rejects exactly the blocks that share addresses with another subnet", () => {
    const block = fc
      .tuple(fc.nat(0xffff), fc.integer({ min: 18, max: 28 }))
      .map(([offset, prefix]) => Cidr.containing(Cidr.parse("172.31.0.0/16").first + offset, prefix));
    fc.assert(
      fc.property(block, block, (one, other) => {
        const { stack, privateTable } = tables();
        new Subnet(stack, "One", { cidr: one, routingTable: privateTable });
        const create = () => new Subnet(stack, "Other", { cidr: other, routingTable: privateTable });
        if (one.overlaps(other)) expect(create).toViolate(NHN004, /test\/One/);
        else expect(create).not.toThrow();
      }),
    );
  });

  test("rejects a private subnet on a table with an internet gateway, and a public one on a table without", () => {
    const { stack, publicTable, privateTable } = tables();
    expect(() => new Subnet(stack, "Private", { cidr: lab.private, routingTable: publicTable })).toViolate(
      NHN008,
      /a private subnet on test\/PublicTable, which has an internet gateway/,
    );
    expect(
      () => new Subnet(stack, "Public", { cidr: lab.public, routingTable: privateTable, access: Access.PUBLIC }),
    ).toViolate(NHN008, /a public subnet on test\/PrivateTable, which has no internet gateway/);
  });

  test("rejects an eleventh subnet of a VPC", () => {
    const { stack, privateTable } = tables();
    const create = (n: number) => () =>
      new Subnet(stack, `Subnet${n}`, { cidr: Cidr.parse(`172.31.${n}.0/24`), routingTable: privateTable });
    for (let n = 0; n < 10; n++) create(n)();
    expect(create(10)).toViolate(NHN005, /subnet of this VPC number 11/);
  });
});
