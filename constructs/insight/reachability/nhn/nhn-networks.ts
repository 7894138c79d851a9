import type { Unknown } from "../model/certainty";
import type { Interface, Subnet } from "../model/network/endpoint";
import type { Route, RoutingTable, RouteTarget } from "../model/network/routing-table";
import { blockOf, EVERYWHERE } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import { nextHopTarget } from "../reader/next-hop";
import { NhnAcls } from "./nhn-acls";
import { type NhnObject, NhnObjects } from "./nhn-objects";

/** Reads VPCs, subnets, routing tables and gateways of NHN Cloud. */
export class NhnNetworks {
  readonly subnets: ReadonlyMap<Element, Subnet>;
  readonly networks: ReadonlyMap<Element, string>;
  private readonly objects: NhnObjects;
  private readonly vpcs = new Map<Element, Element>();
  private readonly tables = new Map<Element, RoutingTable & { readonly routes: Route[] }>();

  constructor(private readonly elements: Elements) {
    this.objects = new NhnObjects(elements);
    for (const { element } of this.objects.of("routingtables"))
      this.tables.set(element, { path: element.path, routes: [], services: [] });
    const acls = new NhnAcls(elements, this.objects);
    this.networks = new Map(this.objects.of("vpcs").map(({ element }) => [element, element.key]));
    this.subnets = new Map(this.objects.of("vpcsubnets").map((subnet) => [subnet.element, this.subnet(subnet, acls)]));
  }

  /** The VPC of a subnet; undefined for subnets of other clouds. */
  networkOf(subnet: Element): Element | undefined {
    return this.vpcs.get(subnet);
  }

  /** Reads the routes of all tables, which may refer to the given interfaces. */
  readRoutes(interfaces: readonly Interface[]): void {
    for (const table of this.objects.of("routingtables")) {
      const { element } = table;
      const routes = this.objects.referringTo(element, "routes", "routingtable_id");
      this.tables
        .get(element)
        ?.routes.push(
          ...this.local(this.objects.resolve(table, "vpc_id")),
          ...this.objects.actionsOn(element, "attach_gateway").map((one) => this.attached(one)),
          ...routes.map((route) => this.route(route, interfaces)),
        );
    }
  }

  private subnet(subnet: NhnObject, acls: NhnAcls): Subnet {
    const { element, fields } = subnet;
    const vpc = this.objects.resolve(subnet, "vpc_id");
    if (vpc !== undefined) this.vpcs.set(element, vpc);
    return {
      path: element.path,
      cidr: blockOf(this.elements, element, fields.text("cidr")),
      network: vpc?.key ?? fields.text("vpc_id") ?? element.key,
      table: this.routingTableOf(element, vpc),
      acl: vpc === undefined ? { unknown: `the network ACL of ${element.path}` } : acls.of(vpc),
    };
  }

  /** The table that is attached to a subnet, or the default table of the VPC, which has local routes only. */
  private routingTableOf(subnet: Element, vpc: Element | undefined): RoutingTable | Unknown {
    const [association] = this.objects.actionsOn(subnet, "attach_routingtable");
    if (association === undefined && vpc !== undefined)
      return { path: `default table of ${vpc.path}`, routes: this.local(vpc), services: [] };
    const element = association && this.objects.resolve(association, "routingtable_id");
    const table = element && this.tables.get(element);
    return table ?? { unknown: `the routes of ${subnet.path}, which are outside of this tree` };
  }

  private local(vpc: Element | undefined): readonly Route[] {
    const fields = this.objects.of("vpcs").find(({ element }) => element === vpc)?.fields;
    const unknown = { unknown: "the VPC is outside of this tree" };
    const destination =
      vpc === undefined || fields === undefined ? unknown : blockOf(this.elements, vpc, fields.text("cidrv4"));
    return [{ destination, target: { kind: "local" } }];
  }

  private attached(action: NhnObject): Route {
    const path = this.objects.resolve(action, "gateway_id")?.path ?? `the gateway of ${action.element.path}`;
    return { destination: EVERYWHERE, target: { kind: "internet", path, translates: false } };
  }

  private route(route: NhnObject, interfaces: readonly Interface[]): Route {
    const { element, fields } = route;
    const natGateway = this.objects
      .of("natgateways")
      .find((one) => one.element === this.objects.resolve(route, "gateway"));
    const hop = blockOf(this.elements, element, fields.text("gateway"));
    const target =
      natGateway === undefined
        ? nextHopTarget(hop, interfaces, `the next hop of ${element.path}`)
        : this.nat(natGateway);
    return { destination: blockOf(this.elements, element, fields.text("cidr")), target };
  }

  private nat(gateway: NhnObject): RouteTarget {
    const resource = this.objects.resolve(gateway, "subnet_id");
    const subnet = resource && this.subnets.get(resource);
    const { path } = gateway.element;
    return subnet === undefined ? { kind: "external", path } : { kind: "nat", path, subnet };
  }
}
