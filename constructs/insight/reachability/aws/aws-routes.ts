import type { Cidr } from "../../../core/cidr";
import { isExpression } from "../../../core/token";
import type { Unknown } from "../model/certainty";
import type { Interface, Subnet } from "../model/network/endpoint";
import type { Route, RoutingTable, RouteTarget } from "../model/network/routing-table";
import { blockOf } from "../reader/addresses";
import type { Block } from "../reader/block";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";

/** Targets of routes that other readers provide. */
export interface RouteTargets {
  subnet(element: Element): Subnet | undefined;
  /** The interface of a machine or of an interface resource. */
  machine(element: Element): Interface | undefined;
}

/** Arguments of a route that specify its target. */
const TARGETS = [
  ...["gateway_id", "nat_gateway_id", "network_interface_id", "transit_gateway_id", "vpc_peering_connection_id"],
  ...["vpc_endpoint_id", "carrier_gateway_id", "local_gateway_id", "core_network_arn"],
];

/** Reads routing tables. Their routes are read last, because they refer to the other parts of the model. */
export class AwsRoutes {
  private readonly tables = new Map<Element, RoutingTable & { readonly routes: Route[] }>();
  private readonly mains = new Map<Element, RoutingTable>();

  constructor(private readonly elements: Elements) {
    for (const element of elements.resources("aws_route_table", "aws_default_route_table"))
      this.tables.set(element, { path: element.path, routes: [], services: this.services(element) });
  }

  /** The table of a subnet: the associated one, or the main table of its VPC. */
  of(subnet: Element, network: Element | undefined): RoutingTable | Unknown {
    const association = this.elements.referringTo(subnet, "subnet_id", "aws_route_table_association")[0];
    if (association === undefined && network !== undefined) return this.mainOf(network);
    const element = association && this.elements.resolve(association, association.arguments.text("route_table_id"));
    const table = element && this.tables.get(element);
    return table ?? { unknown: `the routes of ${subnet.path}, which are outside of this tree` };
  }

  /** Reads all routes: inline and separate ones. */
  read(targets: RouteTargets): void {
    for (const [element, { routes }] of this.tables) {
      const separate = this.elements.referringTo(element, "route_table_id", "aws_route");
      routes.push(...this.local(this.networkOf(element)), ...this.propagated(element));
      routes.push(...element.arguments.blocks("route").flatMap((block) => this.route(element, block, targets)));
      routes.push(...separate.flatMap((route) => this.route(route, route.arguments, targets)));
    }
  }

  private networkOf(table: Element): Element | undefined {
    const { arguments: block } = table;
    return this.elements.resolve(table, block.text("vpc_id") ?? block.text("default_route_table_id"));
  }

  private mainOf(network: Element): RoutingTable {
    const association = this.elements.referringTo(network, "vpc_id", "aws_main_route_table_association")[0];
    const associated = association && this.elements.resolve(association, association.arguments.text("route_table_id"));
    const managed = this.elements.referringTo(network, "default_route_table_id", "aws_default_route_table")[0];
    const table = this.tables.get(associated ?? managed ?? network) ?? this.mains.get(network);
    if (table !== undefined) return table;
    const main = { path: `main table of ${network.path}`, routes: this.local(network), services: [] };
    this.mains.set(network, main);
    return main;
  }

  /** Every table has a local route to each CIDR block of the network. */
  private local(network: Element | undefined): readonly Route[] {
    if (network === undefined)
      return [{ destination: { unknown: "the network is outside of this tree" }, target: { kind: "local" } }];
    const further = this.elements.referringTo(network, "vpc_id", "aws_vpc_ipv4_cidr_block_association");
    return [network, ...further].map((element) => ({
      destination: blockOf(this.elements, element, element.arguments.text("cidr_block")),
      target: { kind: "local" },
    }));
  }

  /** Routes that a VPN gateway propagates are outside of the tree. */
  private propagated(table: Element): readonly Route[] {
    const separate = this.elements.referringTo(table, "route_table_id", "aws_vpn_gateway_route_propagation");
    if (table.arguments.list("propagating_vgws").length + separate.length === 0) return [];
    const path = `the VPN gateway of ${table.path}`;
    return [{ destination: { unknown: `${path} propagates routes` }, target: { kind: "external", path } }];
  }

  private route(from: Element, block: Block, targets: RouteTargets): readonly Route[] {
    const text = block.text("cidr_block") ?? block.text("destination_cidr_block");
    // A route to an IPv6 block or a prefix list, which are not evaluated.
    if (text === undefined) return [];
    const destination: Cidr | Unknown = blockOf(this.elements, from, text);
    const name = TARGETS.find((argument) => block.text(argument) !== undefined);
    const target = name === undefined ? blackhole(from) : this.target(from, block.text(name) ?? "", targets);
    return [{ destination, target }];
  }

  private target(from: Element, text: string, targets: RouteTargets): RouteTarget {
    if (text === "local") return { kind: "local" };
    const element = this.elements.resolve(from, text);
    if (element === undefined)
      return { kind: "external", path: isExpression(text) ? `the target of ${from.path}` : text };
    const { path, type } = element;
    if (type === "aws_internet_gateway") return { kind: "internet", path, translates: false };
    if (type === "aws_nat_gateway") return this.nat(element, targets);
    const machine = targets.machine(element);
    return machine === undefined ? { kind: "external", path } : { kind: "machine", path, machine };
  }

  private nat(element: Element, targets: RouteTargets): RouteTarget {
    const { path, arguments: block } = element;
    const resource = this.elements.resolve(element, block.text("subnet_id"));
    const subnet = resource && targets.subnet(resource);
    const isRegional = block.text("subnet_id") === undefined;
    if (block.text("connectivity_type") === "private" || (subnet === undefined && !isRegional))
      return { kind: "external", path };
    return { kind: "nat", path, subnet };
  }

  /** Services whose gateway endpoint is associated with the table. */
  private services(table: Element): readonly string[] {
    const inline = this.elements
      .resources("aws_vpc_endpoint")
      .filter((endpoint) =>
        endpoint.arguments.list("route_table_ids").some((text) => this.elements.resolve(endpoint, text) === table),
      );
    const associated = this.elements
      .referringTo(table, "route_table_id", "aws_vpc_endpoint_route_table_association")
      .flatMap((one) => this.elements.resolve(one, one.arguments.text("vpc_endpoint_id")) ?? []);
    return [...inline, ...associated].map(({ key }) => key);
  }
}

function blackhole(from: Element): RouteTarget {
  return { kind: "blackhole", path: `no target (${from.path})` };
}
