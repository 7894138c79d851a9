import { NetworkingSubnetV2 } from "@groundwork/provider-openstack/lib/networking-subnet-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { defined } from "@groundwork/constructs/core/defined";
import { Network } from "@groundwork/constructs/openstack/network/network";
import { Port } from "@groundwork/constructs/openstack/network/port";
import { Subnet } from "@groundwork/constructs/openstack/network/subnet";
import { OST002, OST004, OST020 } from "@groundwork/constructs/openstack/rules";
import fc from "fast-check";
import { anyCidr } from "../../../support/arbitrary";
import { resource } from "../../../support/fixture";
import { openstackStack, twoTiers } from "../../../support/openstack";

function subnetOf(cidr: Cidr, automaticAddresses?: Cidr) {
  const stack = openstackStack();
  const network = new Network(stack, "Network", { cidr });
  const props = { network, cidr, dnsServers: ["9.9.9.9"], ...defined({ automaticAddresses }) };
  return { stack, subnet: new Subnet(stack, "Subnet", props) };
}

describe("Subnet", () => {
  test("has its first address as gateway, and its upper half as allocation pool", () => {
    const { stack } = subnetOf(Cidr.parse("172.31.16.0/20"));
    expect(resource(stack, NetworkingSubnetV2)).toMatchObject({
      cidr: "172.31.16.0/20",
      gateway_ip: "172.31.16.1",
      enable_dhcp: true,
      ip_version: 4,
      dns_nameservers: ["9.9.9.9"],
      allocation_pool: [{ start: "172.31.24.0", end: "172.31.31.254" }],
    });
  });

  test("never assigns reserved or planned addresses automatically", () => {
    fc.assert(
      fc.property(anyCidr(16, 28), (cidr) => {
        const { subnet } = subnetOf(cidr);
        const lower = cidr.part(cidr.prefix + 1, 0);
        expect(subnet.automaticAddresses.overlaps(lower)).toBe(false);
        expect(cidr.contains(subnet.automaticAddresses)).toBe(true);
        expect(subnet.reservedAddresses).toEqual([cidr.address(0), cidr.address(1), cidr.address(-1)]);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ["192.168.7.192/27", "192.168.7.192", "192.168.7.223"],
    ["192.168.7.192/26", "192.168.7.192", "192.168.7.254"],
    ["192.168.7.2/31", "192.168.7.2", "192.168.7.3"],
  ])("uses %s as requested allocation pool, without the broadcast address", (requested, start, end) => {
    const { stack, subnet } = subnetOf(Cidr.parse("192.168.7.0/24"), Cidr.parse(requested));
    expect(resource(stack, NetworkingSubnetV2)["allocation_pool"]).toEqual([{ start, end }]);
    expect(subnet.automaticAddresses.toString()).toBe(requested);
  });

  test("accepts planned addresses outside of the allocation pool only", () => {
    const { stack, subnet } = subnetOf(Cidr.parse("192.168.7.0/24"), Cidr.parse("192.168.7.192/26"));
    const port = (id: string, fixedAddress: string) =>
      new Port(stack, id, { subnet, securityGroups: [], fixedAddress });
    expect(() => port("Planned", "192.168.7.150")).not.toThrow();
    expect(() => port("Automatic", "192.168.7.200")).toViolate(OST002, /192\.168\.7\.192\/26/);
  });

  test.each([
    ["192.168.8.0/26", /192\.168\.8\.0\/26 outside of 192\.168\.7\.0\/24/],
    ["192.168.0.0/16", /automatic addresses 192\.168\.0\.0\/16 outside of/],
    ["192.168.7.0/25", /the gateway's; use a part of the block such as 192\.168\.7\.128\/25/],
    ["192.168.7.0/32", /the network address/],
    ["192.168.7.1/32", /the gateway's/],
    ["192.168.7.255/32", /only the broadcast address/],
  ])("rejects the allocation pool %s", (requested, message) => {
    expect(() => subnetOf(Cidr.parse("192.168.7.0/24"), Cidr.parse(requested))).toViolate(OST020, message);
  });

  test("provides the dependencies of a floating IP after a router is connected", () => {
    const { publicSubnet, router } = twoTiers();
    expect(publicSubnet.floatingIpDependencies(router)).toHaveLength(1);
  });

  test("rejects a floating IP in a private subnet, or without a router to an external network", () => {
    const { stack, privateSubnet, router } = twoTiers();
    expect(() => privateSubnet.floatingIpDependencies(router)).toViolate(OST004, /test\/Private, a private subnet/);
    const network = new Network(stack, "Other", { cidr: Cidr.parse("10.0.0.0/16") });
    const lonely = new Subnet(stack, "Lonely", { network, cidr: Cidr.parse("10.0.0.0/24"), floatingIps: true });
    expect(() => lonely.floatingIpDependencies(router)).toViolate(OST004, /no router connects/);
  });

  test("can be imported, with or without floating IPs", () => {
    const { stack, network } = twoTiers();
    const attributes = { network, subnetId: "s-1", cidr: Cidr.parse("172.31.32.0/20") };
    const open = Subnet.fromAttributes(stack, "Open", { ...attributes, floatingIps: true });
    const shut = Subnet.fromAttributes(stack, "Shut", { ...attributes, floatingIps: false });
    expect(open.floatingIpDependencies(stack)).toEqual([]);
    expect(() => shut.floatingIpDependencies(stack)).toViolate(OST004);
    expect([open.routing, open.reservedAddresses[1]]).toEqual([[], "172.31.32.1"]);
  });
});
