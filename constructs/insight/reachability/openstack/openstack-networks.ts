import type { Unknown } from "../model/certainty";
import type { Interface, Subnet } from "../model/network/endpoint";
import type { Route, RoutingTable } from "../model/network/routing-table";
import { blockOf, EVERYWHERE } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import { nextHopTarget } from "../reader/next-hop";

const INTERFACE = "openstack_networking_router_interface_v2";

/**
 * Reads subnets and the routers between them. The subnets of one router form one network of the model, also when they belong to several
 * OpenStack networks. A router with an external network translates the addresses of machines without a floating IP to its own.
 */
export class OpenstackNetworks {
  readonly subnets: ReadonlyMap<Element, Subnet>;
  /** OpenStack networks, with the network of the model to which their subnets belong. */
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

  /** Reads the routes of all routers, which may refer to the given interfaces. */
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
        const target = nextHopTarget(blockOf(this.elements, route, hop), interfaces, `the next hop of ${route.path}`);
        routes.push({ destination: blockOf(this.elements, route, route.arguments.text("destination_cidr")), target });
      }
    }
  }

  private subnet(element: Element): Subnet {
    const [attached] = this.elements.referringTo(element, "subnet_id", INTERFACE);
    const router = attached && this.elements.resolve(attached, attached.arguments.text("router_id"));
    return {
      path: element.path,
      cidr: blockOf(this.elements, element, element.arguments.text("cidr")),
      network: router?.key ?? element.key,
      table: this.routingTableOf(element, attached, router),
      acl: attached && this.firewallOf(attached),
    };
  }

  private routingTableOf(
    subnet: Element,
    attached: Element | undefined,
    router: Element | undefined,
  ): RoutingTable | Unknown {
    if (attached === undefined || subnet.arguments.flag("no_gateway") === true)
      return { path: subnet.path, routes: [], services: [] };
    const table = router && this.tables.get(router);
    return table ?? { unknown: `the routes of ${subnet.path}, whose router is outside of this tree` };
  }

  /** Firewall groups filter at ports of routers. Their rules are not evaluated. */
  private firewallOf(attached: Element): Unknown | undefined {
    const group = this.elements
      .resources("openstack_fw_group_v2")
      .find((one) => one.arguments.list("ports").some((text) => this.elements.resolve(one, text) === attached));
    return group && { unknown: `the rules of firewall group ${group.path}, which are not evaluated` };
  }

  private interfacesOf(router: Element): readonly { readonly subnet: Element }[] {
    return this.elements.referringTo(router, "router_id", INTERFACE).flatMap((one) => {
      const subnet = this.elements.resolve(one, one.arguments.text("subnet_id"));
      return subnet === undefined ? [] : [{ subnet }];
    });
  }

  private segments(): ReadonlyMap<Element, string> {
    return new Map(
      this.elements.resources("openstack_networking_network_v2").flatMap((segment) => {
        const inside = [...this.subnets].filter(
          ([element]) => this.elements.resolve(element, element.arguments.text("network_id")) === segment,
        );
        const keys = new Set(inside.map(([, { network }]) => network));
        return [...keys].slice(0, 1).map((key): [Element, string] => [segment, key]);
      }),
    );
  }
}
