import { NetworkingRouterInterfaceV2 } from "@cdktf/provider-openstack/lib/networking-router-interface-v2";
import { NetworkingRouterRouteV2 } from "@cdktf/provider-openstack/lib/networking-router-route-v2";
import { NetworkingRouterV2 } from "@cdktf/provider-openstack/lib/networking-router-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { Name } from "../../core/name";
import { OST005 } from "../rules";
import type { IExternalNetwork } from "./external-network";
import { holdsAddress } from "./fixed-address";
import type { Subnet } from "./subnet";

export interface RouterProps {
  /** Subnets that it leads between; each has its gateway here. */
  readonly subnets: readonly [Subnet, ...Subnet[]];
  /**
   * Where everything else goes. Machines without a floating IP leave by the router's own address.
   * @default - nowhere: the subnets reach each other only
   */
  readonly external?: IExternalNetwork;
  /**
   * Name in the dashboard.
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/**
 * Defines a router between subnets, and from them to the internet.
 *
 * Creates the router, an interface in each subnet, and a resource for each further route. Everything behind it is gone
 * before its interfaces are, and they before the router. Cost: an external address on most clouds.
 *
 * Errors: OST005.
 *
 * @example new Router(this, "Router", { external: internet, subnets: [publicSubnet, privateSubnet] });
 */
export class Router extends Construct {
  readonly routerId: string;
  private readonly subnets: readonly Subnet[];
  private readonly isExternal: boolean;
  private readonly interfaces: readonly NetworkingRouterInterfaceV2[];

  constructor(scope: Construct, id: string, props: RouterProps) {
    super(scope, id);
    const { external, subnets } = props;
    const resource = new NetworkingRouterV2(this, "Resource", {
      name: props.name ?? Name.of(this).toString(),
      adminStateUp: true,
      ...(external === undefined ? {} : { externalNetworkId: external.externalNetworkId }),
    });
    this.node.defaultChild = resource;
    this.routerId = resource.id;
    this.subnets = subnets;
    this.isExternal = external !== undefined;
    this.interfaces = subnets.map((subnet) => this.addInterface(subnet));
  }

  /** Interfaces by their ports: what firewall groups stand in front of. */
  get portIds(): readonly string[] {
    return this.interfaces.map((one) => one.portId);
  }

  /** Leads a block to a machine in one of the subnets. The id is a noun: where the route leads. */
  addRoute(id: string, destination: Cidr, hop: string): ITerraformDependable {
    if (!this.subnets.some(({ cidr }) => holdsAddress(cidr, hop)))
      throw OST005.violation({
        at: this,
        given: `route to ${destination.toString()} by ${hop}`,
        fix: `use an address in ${this.subnets.map(({ cidr }) => cidr.toString()).join(" or ")}`,
      });
    const route = new NetworkingRouterRouteV2(this, id, {
      routerId: this.routerId,
      destinationCidr: destination.toString(),
      nextHop: hop,
      dependsOn: [...this.interfaces],
    });
    for (const subnet of this.subnets) subnet.connect(this, this.isExternal, route);
    return route;
  }

  private addInterface(subnet: Subnet): NetworkingRouterInterfaceV2 {
    const id = `interface-${subnet.node.path.replace(/[^\w.-]+/g, "-")}`;
    if (this.node.tryFindChild(id) !== undefined)
      throw OST005.violation({ at: this, given: `${subnet.node.path} twice`, fix: "name each subnet once" });
    const made = new NetworkingRouterInterfaceV2(this, id, { routerId: this.routerId, subnetId: subnet.subnetId });
    subnet.connect(this, this.isExternal, made);
    return made;
  }
}
