import type { Unknown } from "../model/certainty";
import type { Interface, Subnet } from "../model/place";
import type { Route, RoutingTable, Target } from "../model/routing-table";
import { blockOf, EVERYWHERE } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import { targetAt } from "../reader/forwarder";
import { NhnAcls } from "./nhn-acls";
import type { NhnObject } from "./nhn-objects";
import { NhnObjects } from "./nhn-objects";

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

  /** The VPC of a subnet; nothing for a subnet of another cloud. */
  networkOf(subnet: Element): Element | undefined {
    return this.vpcs.get(subnet);
  }

  /** Reads the routes of all tables, when the machines that they may lead to are there. */
  readRoutes(interfaces: readonly Interface[]): void {
    for (const table of this.objects.of("routingtables")) {
      const { element } = table;
      const routes = this.objects.referringTo(element, "routes", "routingtable_id");
      this.tables
        .get(element)
        ?.routes.push(
          ...this.local(this.objects.behind(table, "vpc_id")),
          ...this.objects.actionsOn(element, "attach_gateway").map((one) => this.attached(one)),
          ...routes.map((route) => this.route(route, interfaces)),
        );
    }
  }

  private subnet(subnet: NhnObject, acls: NhnAcls): Subnet {
    const { element, fields } = subnet;
    const vpc = this.objects.behind(subnet, "vpc_id");
    if (vpc !== undefined) this.vpcs.set(element, vpc);
    return {
      path: element.path,
      cidr: blockOf(this.elements, element, fields.text("cidr")),
      network: vpc?.key ?? fields.text("vpc_id") ?? element.key,
      table: this.tableOf(element, vpc),
      acl: vpc === undefined ? { unknown: `which network ACL the VPC of ${element.path} has` } : acls.of(vpc),
    };
  }

  /** The table that a subnet is attached to; the VPC's default one leads inside only. */
  private tableOf(subnet: Element, vpc: Element | undefined): RoutingTable | Unknown {
    const [association] = this.objects.actionsOn(subnet, "attach_routingtable");
    if (association === undefined && vpc !== undefined)
      return { path: `default table of ${vpc.path}`, routes: this.local(vpc), services: [] };
    const element = association && this.objects.behind(association, "routingtable_id");
    const table = element && this.tables.get(element);
    return table ?? { unknown: `which routes ${subnet.path} has: they are no part of this tree` };
  }

  private local(vpc: Element | undefined): readonly Route[] {
    const fields = this.objects.of("vpcs").find(({ element }) => element === vpc)?.fields;
    const unknown = { unknown: "the VPC is no part of this tree" };
    const destination =
      vpc === undefined || fields === undefined ? unknown : blockOf(this.elements, vpc, fields.text("cidrv4"));
    return [{ destination, target: { kind: "local" } }];
  }

  private attached(action: NhnObject): Route {
    const path = this.objects.behind(action, "gateway_id")?.path ?? `of ${action.element.path}`;
    return { destination: EVERYWHERE, target: { kind: "internet", path, translates: false } };
  }

  private route(route: NhnObject, interfaces: readonly Interface[]): Route {
    const { element, fields } = route;
    const through = this.objects.of("natgateways").find((one) => one.element === this.objects.behind(route, "gateway"));
    const hop = blockOf(this.elements, element, fields.text("gateway"));
    const target = through === undefined ? targetAt(hop, interfaces, `the way of ${element.path}`) : this.nat(through);
    return { destination: blockOf(this.elements, element, fields.text("cidr")), target };
  }

  private nat(gateway: NhnObject): Target {
    const within = this.objects.behind(gateway, "subnet_id");
    const subnet = within && this.subnets.get(within);
    const { path } = gateway.element;
    return subnet === undefined ? { kind: "elsewhere", path } : { kind: "nat", path, subnet };
  }
}
