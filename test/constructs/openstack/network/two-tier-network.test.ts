import { NetworkingRouterInterfaceV2 } from "@groundwork/provider-openstack/lib/networking-router-interface-v2";
import { NetworkingSubnetV2 } from "@groundwork/provider-openstack/lib/networking-subnet-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { ExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { Port } from "@groundwork/constructs/openstack/network/port";
import { TwoTierNetwork, type TwoTierNetworkProps } from "@groundwork/constructs/openstack/network/two-tier-network";
import { OST004, OST006, OST021 } from "@groundwork/constructs/openstack/rules";
import { resources } from "../../../support/fixture";
import { openstackStack } from "../../../support/openstack";

function create(props: Partial<TwoTierNetworkProps> = {}) {
  const stack = openstackStack();
  const network = new TwoTierNetwork(stack, "Network", {
    external: new ExternalNetwork(stack, "Internet"),
    cidr: Cidr.parse("172.31.0.0/16"),
    publicCidr: Cidr.parse("172.31.16.0/20"),
    privateCidr: Cidr.parse("172.31.0.0/20"),
    administrators: [Peer.ipv4("203.0.113.0/24")],
    ...props,
  });
  return { stack, network };
}

/** Creates a port with a floating IP in one of its subnets. */
function connectFloatingIp(tier: "publicSubnet" | "privateSubnet"): void {
  const { stack, network } = create();
  const floatingIp = new FloatingIp(stack, "Address", { external: network.external });
  new Port(stack, "Port", { subnet: network[tier], securityGroups: [], floatingIp });
}

describe("TwoTierNetwork of OpenStack", () => {
  test("has both subnets behind one router, with the lab's exact values (A1)", () => {
    const { stack } = create();
    expect(resources(stack, NetworkingSubnetV2).map(({ cidr }) => cidr)).toEqual(
      expect.arrayContaining(["172.31.16.0/20", "172.31.0.0/20"]),
    );
    expect(new Set(resources(stack, NetworkingRouterInterfaceV2).map((block) => block["router_id"])).size).toBe(1);
    expect(resources(stack, NetworkingRouterInterfaceV2)).toHaveLength(2);
  });

  test("allows floating IPs in the public subnet only", () => {
    expect(() => {
      connectFloatingIp("publicSubnet");
    }).not.toThrow();
    expect(() => {
      connectFloatingIp("privateSubnet");
    }).toViolate(OST004, /private subnet/);
  });

  test("uses the given automatic addresses in the private subnet", () => {
    const { network } = create({ automaticAddresses: Cidr.parse("172.31.12.0/22") });
    expect(network.privateSubnet.automaticAddresses.toString()).toBe("172.31.12.0/22");
    expect(create().network.privateSubnet.automaticAddresses.toString()).toBe("172.31.8.0/21");
  });

  test("rejects administrators without a block, and from the internet", () => {
    expect(() => create({ administrators: [] })).toViolate(OST021);
    expect(() => create({ administrators: [Peer.anyIpv4()] })).toViolate(OST006);
  });
});
