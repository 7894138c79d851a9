import { NetworkingSubnetV2 } from "@cdktf/provider-openstack/lib/networking-subnet-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
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
  const asked = automaticAddresses === undefined ? {} : { automaticAddresses };
  return { stack, subnet: new Subnet(stack, "Subnet", { network, cidr, dnsServers: ["9.9.9.9"], ...asked }) };
}

describe("Subnet", () => {
  test("has its gateway first, and hands out its upper half", () => {
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

  test("never hands out what it keeps, nor what can be planned", () => {
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
  ])("hands out %s where that is asked for, and keeps the broadcast address", (asked, start, end) => {
    const { stack, subnet } = subnetOf(Cidr.parse("192.168.7.0/24"), Cidr.parse(asked));
    expect(resource(stack, NetworkingSubnetV2)["allocation_pool"]).toEqual([{ start, end }]);
    expect(subnet.automaticAddresses.toString()).toBe(asked);
  });

  test("leaves addresses to whoever plans them that the cloud does not hand out", () => {
    const { stack, subnet } = subnetOf(Cidr.parse("192.168.7.0/24"), Cidr.parse("192.168.7.192/26"));
    const port = (id: string, fixedAddress: string) =>
      new Port(stack, id, { subnet, securityGroups: [], fixedAddress });
    expect(() => port("Planned", "192.168.7.150")).not.toThrow();
    expect(() => port("Automatic", "192.168.7.200")).toViolate(OST002, /192\.168\.7\.192\/26/);
  });

  test.each([
    ["192.168.8.0/26", /192\.168\.8\.0\/26 to be handed out in 192\.168\.7\.0\/24/],
    ["192.168.0.0/16", /to be handed out in/],
    ["192.168.7.0/25", /its gateway's; take a part of the block such as 192\.168\.7\.128\/25/],
    ["192.168.7.0/32", /the subnet's own address/],
    ["192.168.7.1/32", /its gateway's/],
    ["192.168.7.255/32", /the broadcast address, alone/],
  ])("rejects to hand out %s", (asked, words) => {
    expect(() => subnetOf(Cidr.parse("192.168.7.0/24"), Cidr.parse(asked))).toViolate(OST020, words);
  });

  test("says what a floating IP needs once a router leads there", () => {
    const { publicSubnet, router } = twoTiers();
    expect(publicSubnet.floatingIpNeeds(router)).toHaveLength(1);
  });

  test("rejects a floating IP where it is private, or where no router leads from outside", () => {
    const { stack, privateSubnet, router } = twoTiers();
    expect(() => privateSubnet.floatingIpNeeds(router)).toViolate(OST004, /test\/Private, a private subnet/);
    const network = new Network(stack, "Other", { cidr: Cidr.parse("10.0.0.0/16") });
    const lonely = new Subnet(stack, "Lonely", { network, cidr: Cidr.parse("10.0.0.0/24"), floatingIps: true });
    expect(() => lonely.floatingIpNeeds(router)).toViolate(OST004, /no router leads/);
  });

  test("can be one that exists, with or without a way from outside", () => {
    const { stack, network } = twoTiers();
    const attributes = { network, subnetId: "s-1", cidr: Cidr.parse("172.31.32.0/20") };
    const open = Subnet.fromAttributes(stack, "Open", { ...attributes, floatingIps: true });
    const shut = Subnet.fromAttributes(stack, "Shut", { ...attributes, floatingIps: false });
    expect(open.floatingIpNeeds(stack)).toEqual([]);
    expect(() => shut.floatingIpNeeds(stack)).toViolate(OST004);
    expect([open.routing, open.reservedAddresses[1]]).toEqual([[], "172.31.32.1"]);
  });
});
