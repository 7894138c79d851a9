import type { Cidr } from "../../../core/cidr";
import { isToken } from "../../../core/token";
import type { Unknown } from "../model/certainty";
import type { Interface, Subnet } from "../model/place";
import type { Route, RoutingTable, Target } from "../model/routing-table";
import { blockOf } from "../reader/addresses";
import type { Block } from "../reader/block";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";

/** What routes lead to and only others can read. */
export interface Surroundings {
  subnet(element: Element): Subnet | undefined;
  /** The interface of a machine, by its element or by that of the interface. */
  machine(element: Element): Interface | undefined;
}

/** Arguments of a route that name its target, whatever it is. */
const TARGETS = [
  ...["gateway_id", "nat_gateway_id", "network_interface_id", "transit_gateway_id", "vpc_peering_connection_id"],
  ...["vpc_endpoint_id", "carrier_gateway_id", "local_gateway_id", "core_network_arn"],
];

/** Reads routing tables. Their routes are read last, when everything that they lead to is there. */
export class AwsRoutes {
  private readonly tables = new Map<Element, RoutingTable & { readonly routes: Route[] }>();
  private readonly mains = new Map<Element, RoutingTable>();

  constructor(private readonly elements: Elements) {
    for (const element of elements.resources("aws_route_table", "aws_default_route_table"))
      this.tables.set(element, { path: element.path, routes: [], services: this.services(element) });
  }

  /** The table that a subnet is on: its own, or the main one of its VPC. */
  of(subnet: Element, network: Element | undefined): RoutingTable | Unknown {
    const association = this.elements.referringTo(subnet, "subnet_id", "aws_route_table_association")[0];
    if (association === undefined && network !== undefined) return this.mainOf(network);
    const element = association && this.elements.behind(association, association.arguments.text("route_table_id"));
    const table = element && this.tables.get(element);
    return table ?? { unknown: `which routes ${subnet.path} has: they are no part of this tree` };
  }

  /** Reads all routes, those inside of tables and those of their own. */
  read(surroundings: Surroundings): void {
    for (const [element, { routes }] of this.tables) {
      const separate = this.elements.referringTo(element, "route_table_id", "aws_route");
      routes.push(...this.local(this.networkOf(element)), ...this.propagated(element));
      routes.push(...element.arguments.blocks("route").flatMap((block) => this.route(element, block, surroundings)));
      routes.push(...separate.flatMap((route) => this.route(route, route.arguments, surroundings)));
    }
  }

  private networkOf(table: Element): Element | undefined {
    const { arguments: block } = table;
    return this.elements.behind(table, block.text("vpc_id") ?? block.text("default_route_table_id"));
  }

  private mainOf(network: Element): RoutingTable {
    const association = this.elements.referringTo(network, "vpc_id", "aws_main_route_table_association")[0];
    const named = association && this.elements.behind(association, association.arguments.text("route_table_id"));
    const taken = this.elements.referringTo(network, "default_route_table_id", "aws_default_route_table")[0];
    const table = this.tables.get(named ?? taken ?? network) ?? this.mains.get(network);
    if (table !== undefined) return table;
    const made = { path: `main table of ${network.path}`, routes: this.local(network), services: [] };
    this.mains.set(network, made);
    return made;
  }

  /** AWS puts a route to each block of the network into every table. */
  private local(network: Element | undefined): readonly Route[] {
    if (network === undefined)
      return [{ destination: { unknown: "the network is no part of this tree" }, target: { kind: "local" } }];
    const further = this.elements.referringTo(network, "vpc_id", "aws_vpc_ipv4_cidr_block_association");
    return [network, ...further].map((element) => ({
      destination: blockOf(this.elements, element, element.arguments.text("cidr_block")),
      target: { kind: "local" },
    }));
  }

  /** Routes that a VPN gateway brings stand in no tree. */
  private propagated(table: Element): readonly Route[] {
    const separate = this.elements.referringTo(table, "route_table_id", "aws_vpn_gateway_route_propagation");
    if (table.arguments.list("propagating_vgws").length + separate.length === 0) return [];
    const path = `the VPN gateway of ${table.path}`;
    return [{ destination: { unknown: `${path} brings routes of its own` }, target: { kind: "elsewhere", path } }];
  }

  private route(from: Element, block: Block, surroundings: Surroundings): readonly Route[] {
    const text = block.text("cidr_block") ?? block.text("destination_cidr_block");
    // A route to IPv6, or to a list of prefixes, which leads away from the internet only what the list names.
    if (text === undefined) return [];
    const destination: Cidr | Unknown = blockOf(this.elements, from, text);
    const name = TARGETS.find((argument) => block.text(argument) !== undefined);
    const target = name === undefined ? nowhere(from) : this.target(from, block.text(name) ?? "", surroundings);
    return [{ destination, target }];
  }

  private target(from: Element, text: string, surroundings: Surroundings): Target {
    if (text === "local") return { kind: "local" };
    const element = this.elements.behind(from, text);
    if (element === undefined) return { kind: "elsewhere", path: isToken(text) ? `what ${from.path} names` : text };
    const { path, type } = element;
    if (type === "aws_internet_gateway") return { kind: "internet", path, translates: false };
    if (type === "aws_nat_gateway") return this.nat(element, surroundings);
    const machine = surroundings.machine(element);
    return machine === undefined ? { kind: "elsewhere", path } : { kind: "machine", path, machine };
  }

  private nat(element: Element, surroundings: Surroundings): Target {
    const { path, arguments: block } = element;
    const within = this.elements.behind(element, block.text("subnet_id"));
    const subnet = within && surroundings.subnet(within);
    const isRegional = block.text("subnet_id") === undefined;
    if (block.text("connectivity_type") === "private" || (subnet === undefined && !isRegional))
      return { kind: "elsewhere", path };
    return { kind: "nat", path, subnet };
  }

  /** Services whose gateway endpoint is put into the table. */
  private services(table: Element): readonly string[] {
    const named = this.elements
      .resources("aws_vpc_endpoint")
      .filter((endpoint) =>
        endpoint.arguments.list("route_table_ids").some((text) => this.elements.behind(endpoint, text) === table),
      );
    const associated = this.elements
      .referringTo(table, "route_table_id", "aws_vpc_endpoint_route_table_association")
      .flatMap((one) => this.elements.behind(one, one.arguments.text("vpc_endpoint_id")) ?? []);
    return [...named, ...associated].map(({ key }) => key);
  }
}

function nowhere(from: Element): Target {
  return { kind: "nowhere", path: `nothing that ${from.path} names` };
}
