import { NetworkingFloatingipAssociateV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-associate-v2";
import { NetworkingPortV2 } from "@groundwork/provider-openstack/lib/networking-port-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { OPENSTACK } from "@groundwork/constructs/openstack/cloud";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { Port } from "@groundwork/constructs/openstack/network/port";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import { OST002, OST003, OST004, OST023 } from "@groundwork/constructs/openstack/rules";
import { TerraformOutput } from "cdktf";
import { resource, resources, synthesized } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { twoTiers } from "../../../support/openstack";

/** Matches a text. Jest's own matcher has the type `any`. */
const matching = (text: RegExp): unknown => expect.stringMatching(text);

describe("Port", () => {
  test("has the given address, security groups and allowed addresses", () => {
    const { stack, publicSubnet } = twoTiers();
    const group = new SecurityGroup(stack, "Web", { description: "web servers" });
    new Port(stack, "Port", {
      subnet: publicSubnet,
      securityGroups: [group],
      fixedAddress: "172.31.16.10",
      allowedAddresses: [Cidr.parse("10.233.64.0/18"), "192.168.7.150"],
    });
    expect(resource(stack, NetworkingPortV2)).toMatchObject({
      name: "test-port",
      fixed_ip: [{ ip_address: "172.31.16.10", subnet_id: matching(/subnet_v2\.Public_\w+\.id/) }],
      security_group_ids: [matching(/secgroup_v2\.Web_\w+\.id/)],
      allowed_address_pairs: [{ ip_address: "10.233.64.0/18" }, { ip_address: "192.168.7.150" }],
    });
  });

  test.each([
    [
      "eleven blocks",
      Array.from({ length: 11 }, (_, n) => Cidr.parse(`10.1.${n}.0/24`)),
      /11 allowed addresses.*at most 10/,
    ],
    ["the same block twice", ["10.1.0.0/16", Cidr.parse("10.1.0.0/16")], /10\.1\.0\.0\/16 twice/],
    ["a host name", ["pods"], /"pods".*such as 192\.168\.7\.150/],
    ["a prefix of 33", ["10.1.0.0/33"], /10\.1\.0\.0\/33/],
    ["a range", ["10.1.0.1-10.1.0.9"], /10\.1\.0\.1-10\.1\.0\.9/],
  ])("rejects %s as allowed addresses", (_, allowedAddresses, message) => {
    const { stack, privateSubnet } = twoTiers();
    expect(() => new Port(stack, "Port", { subnet: privateSubnet, securityGroups: [], allowedAddresses })).toViolate(
      OST023,
      message,
    );
  });

  test("accepts ten allowed addresses, blocks with host bits and values that are known only at apply", () => {
    const { stack, privateSubnet, router } = twoTiers();
    const texts = ["10.0.0.7/8", "10.0.0.7", "0.0.0.0/0", router.routerId];
    const blocks = Array.from({ length: 6 }, (_, n) => Cidr.parse(`10.1.${n}.0/24`));
    new Port(stack, "Port", { subnet: privateSubnet, securityGroups: [], allowedAddresses: [...texts, ...blocks] });
    expect(resource(stack, NetworkingPortV2)["allowed_address_pairs"]).toHaveLength(10);
  });

  test("accepts as many allowed addresses as its cloud", () => {
    const { stack, privateSubnet } = twoTiers({ ...OPENSTACK, addressPairs: 20 });
    const allowedAddresses = Array.from({ length: 20 }, (_, n) => Cidr.parse(`10.1.${n}.0/24`));
    new Port(stack, "Port", { subnet: privateSubnet, securityGroups: [], allowedAddresses });
    expect(resource(stack, NetworkingPortV2)["allowed_address_pairs"]).toHaveLength(20);
  });

  test("reads the address that the cloud assigns", () => {
    const { stack, privateSubnet } = twoTiers();
    const port = new Port(stack, "Port", { subnet: privateSubnet, securityGroups: [] });
    new TerraformOutput(stack, "Address", { value: port.fixedAddress });
    expect(synthesized(stack)["output"]).toMatchObject({
      Address: { value: matching(/element\(openstack_networking_port_v2\.Port_\w+\.all_fixed_ips, 0\)/) },
    });
    expect(port.floatingAddress).toBeUndefined();
    expect(resource(stack, NetworkingPortV2)).toMatchObject({ no_security_groups: true, fixed_ip: [{}] });
  });

  test("has a floating IP that is disconnected before the router's interface is destroyed", () => {
    const { stack, internet, publicSubnet } = twoTiers();
    const floatingIp = new FloatingIp(stack, "Address", { external: internet });
    const port = new Port(stack, "Port", { subnet: publicSubnet, securityGroups: [], floatingIp });
    expect(resource(stack, NetworkingFloatingipAssociateV2)["port_id"]).toMatch(/port_v2\.Port_\w+\.id/);
    expect(
      graphOf(stack).touches(
        "openstack_networking_floatingip_associate_v2",
        "openstack_networking_router_interface_v2",
      ),
    ).toBe(true);
    expect(port.ready).toHaveLength(2);
  });

  test("can be imported", () => {
    const { stack } = twoTiers();
    const port = Port.fromAttributes(stack, "Known", { portId: "p-1", networkId: "n-1", fixedAddress: "10.0.0.5" });
    expect([port.portId, port.fixedAddress, port.securityGroups, port.ready]).toEqual(["p-1", "10.0.0.5", [], []]);
    expect(resources(stack, NetworkingPortV2)).toEqual([]);
  });

  test.each([
    ["172.31.0.10", /outside of 172\.31\.16\.0\/20/],
    ["172.31.16.0", /172\.31\.16\.0 is reserved .*also reserved: 172\.31\.16\.1, 172\.31\.31\.255/],
    ["172.31.16.1", /reserved by OpenStack/],
    ["172.31.31.255", /reserved by OpenStack/],
    ["172.31.24.9", /assigns automatically; choose another address of 172\.31\.16\.0\/20/],
  ])("rejects the fixed address %s", (fixedAddress, message) => {
    const { stack, publicSubnet } = twoTiers();
    expect(() => new Port(stack, "Port", { subnet: publicSubnet, securityGroups: [], fixedAddress })).toViolate(
      OST002,
      message,
    );
  });

  test("rejects an address of another port, and accepts an address that is only known at apply", () => {
    const { stack, publicSubnet } = twoTiers();
    const port = (id: string, fixedAddress: string) =>
      new Port(stack, id, { subnet: publicSubnet, securityGroups: [], fixedAddress });
    port("One", "172.31.16.10");
    expect(() => port("Two", "172.31.16.10")).toViolate(OST003, /172\.31\.16\.10 belongs to test\/One/);
    expect(() => port("Three", "${TfToken[TOKEN.1]}")).not.toThrow();
  });

  test("rejects a floating IP in a private subnet", () => {
    const { stack, internet, privateSubnet } = twoTiers();
    const floatingIp = new FloatingIp(stack, "Address", { external: internet });
    expect(() => new Port(stack, "Port", { subnet: privateSubnet, securityGroups: [], floatingIp })).toViolate(
      OST004,
      /at test\/Port/,
    );
  });
});
