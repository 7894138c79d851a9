import { NetworkingRouterInterfaceV2 } from "@groundwork/provider-openstack/lib/networking-router-interface-v2";
import { NetworkingRouterRouteV2 } from "@groundwork/provider-openstack/lib/networking-router-route-v2";
import { NetworkingRouterV2 } from "@groundwork/provider-openstack/lib/networking-router-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Network } from "@groundwork/constructs/openstack/network/network";
import { Router } from "@groundwork/constructs/openstack/network/router";
import { Subnet } from "@groundwork/constructs/openstack/network/subnet";
import { OST005 } from "@groundwork/constructs/openstack/rules";
import { resource, resources } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { openstackStack, twoTiers } from "../../../support/openstack";

describe("Router", () => {
  test("connects its subnets and the external network", () => {
    const { stack } = twoTiers();
    expect(resource(stack, NetworkingRouterV2)["external_network_id"]).toContain(
      "data.openstack_networking_network_v2.Internet",
    );
    expect(resources(stack, NetworkingRouterInterfaceV2)).toHaveLength(2);
  });

  test("does not set enable_snat, which requires an operator role", () => {
    expect(resource(twoTiers().stack, NetworkingRouterV2)["enable_snat"]).toBeUndefined();
  });

  test("has no route to the internet without an external network", () => {
    const stack = openstackStack();
    const network = new Network(stack, "Network", { cidr: Cidr.parse("10.0.0.0/16") });
    const subnet = new Subnet(stack, "Subnet", { network, cidr: Cidr.parse("10.0.0.0/24"), floatingIps: true });
    const router = new Router(stack, "Router", { subnets: [subnet] });
    expect(resource(stack, NetworkingRouterV2)["external_network_id"]).toBeUndefined();
    expect(() => subnet.floatingIpDependencies(router)).toThrow(/no router connects/);
  });

  test("has further routes that are destroyed before the interfaces", () => {
    const { stack, router, privateSubnet } = twoTiers();
    router.addRoute("pods", Cidr.parse("10.233.64.0/18"), "172.31.0.10");
    expect(resource(stack, NetworkingRouterRouteV2)).toMatchObject({
      destination_cidr: "10.233.64.0/18",
      next_hop: "172.31.0.10",
    });
    expect(
      graphOf(stack).needs("openstack_networking_router_route_v2", "openstack_networking_router_interface_v2"),
    ).toBe(true);
    expect(privateSubnet.routing).toHaveLength(2);
  });

  test("rejects a next hop that it cannot reach", () => {
    const { router } = twoTiers();
    expect(() => router.addRoute("pods", Cidr.parse("10.233.64.0/18"), "172.31.64.10")).toViolate(
      OST005,
      /use an address in 172\.31\.16\.0\/20 or 172\.31\.0\.0\/20/,
    );
  });

  test("rejects a duplicate subnet, and a subnet of another router", () => {
    const { stack, publicSubnet, privateSubnet } = twoTiers();
    expect(() => new Router(stack, "Second", { subnets: [publicSubnet] })).toViolate(
      OST005,
      /connected to test\/Router/,
    );
    const network = new Network(stack, "Other", { cidr: Cidr.parse("10.0.0.0/16") });
    const own = new Subnet(stack, "Own", { network, cidr: Cidr.parse("10.0.0.0/24") });
    expect(() => new Router(stack, "Third", { subnets: [own, own] })).toViolate(OST005, /test\/Own twice/);
    expect(privateSubnet.routing).toHaveLength(1);
  });
});
