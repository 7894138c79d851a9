import type { Unknown } from "../model/certainty";
import type { Interface, Subnet } from "../model/place";
import type { Route, RoutingTable } from "../model/routing-table";
import { blockOf, EVERYWHERE } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import { targetAt } from "../reader/forwarder";

const INTERFACE = "openstack_networking_router_interface_v2";

/**
 * Reads subnets and the routers between them. What a router connects is one network here, whatever segments its subnets lie
 * on: that is what reaches each other. A router that leads out lends its address to machines that have none.
 */
export class OpenstackNetworks {
  readonly subnets: ReadonlyMap<Element, Subnet>;
  /** Segments, by the networks that their subnets came to belong to where all are in the same. */
  readonly networks: ReadonlyMap<Element, string>;
  private readonly tables = new Map<Element, RoutingTable & { readonly routes: Route[] }>();

  constructor(private readonly elements: Elements) {
    for (const router of elements.resources("openstack_networking_router_v2"))
      this.tables.set(router, { path: router.path, routes: [], services: [] });
    this.subnets = new Map(
      elements.resources("openstack_networking_subnet_v2").map((element) => [element, this.subnet(element)]),
    );
    this.networks = this.segments();
  }

  /** Reads the routes of all routers, when the machines that they may lead to are there. */
  readRoutes(interfaces: readonly Interface[]): void {
    for (const [router, { routes }] of this.tables) {
      for (const { subnet } of this.interfacesOf(router))
        routes.push({
          destination: blockOf(this.elements, subnet, subnet.arguments.text("cidr")),
          target: { kind: "local" },
        });
      if (router.arguments.text("external_network_id") !== undefined)
        routes.push({
          destination: EVERYWHERE,
          target: { kind: "internet", path: router.path, translates: router.arguments.flag("enable_snat") !== false },
        });
      for (const route of this.elements.referringTo(router, "router_id", "openstack_networking_router_route_v2")) {
        const hop = route.arguments.text("next_hop");
        const target = targetAt(blockOf(this.elements, route, hop), interfaces, `the next hop of ${route.path}`);
        routes.push({ destination: blockOf(this.elements, route, route.arguments.text("destination_cidr")), target });
      }
    }
  }

  private subnet(element: Element): Subnet {
    const [attached] = this.elements.referringTo(element, "subnet_id", INTERFACE);
    const router = attached && this.elements.behind(attached, attached.arguments.text("router_id"));
    return {
      path: element.path,
      cidr: blockOf(this.elements, element, element.arguments.text("cidr")),
      network: router?.key ?? element.key,
      table: this.tableOf(element, attached, router),
      acl: attached && this.firewallOf(attached),
    };
  }

  private tableOf(subnet: Element, attached: Element | undefined, router: Element | undefined): RoutingTable | Unknown {
    if (attached === undefined || subnet.arguments.flag("no_gateway") === true)
      return { path: subnet.path, routes: [], services: [] };
    const table = router && this.tables.get(router);
    return table ?? { unknown: `which routes ${subnet.path} has: its router is no part of this tree` };
  }

  /** Firewall groups stand in front of ports of routers. Their rules are not read. */
  private firewallOf(attached: Element): Unknown | undefined {
    const group = this.elements
      .resources("openstack_fw_group_v2")
      .find((one) => one.arguments.list("ports").some((text) => this.elements.behind(one, text) === attached));
    return group && { unknown: `what firewall group ${group.path} lets through` };
  }

  private interfacesOf(router: Element): readonly { readonly subnet: Element }[] {
    return this.elements.referringTo(router, "router_id", INTERFACE).flatMap((one) => {
      const subnet = this.elements.behind(one, one.arguments.text("subnet_id"));
      return subnet === undefined ? [] : [{ subnet }];
    });
  }

  private segments(): ReadonlyMap<Element, string> {
    return new Map(
      this.elements.resources("openstack_networking_network_v2").flatMap((segment) => {
        const inside = [...this.subnets].filter(
          ([element]) => this.elements.behind(element, element.arguments.text("network_id")) === segment,
        );
        const keys = new Set(inside.map(([, { network }]) => network));
        return [...keys].slice(0, 1).map((key): [Element, string] => [segment, key]);
      }),
    );
  }
}
