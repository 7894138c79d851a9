import { NetworkingRouterInterfaceV2 } from "@groundwork/provider-openstack/lib/networking-router-interface-v2";
import { NetworkingRouterRouteV2 } from "@groundwork/provider-openstack/lib/networking-router-route-v2";
import { NetworkingRouterV2 } from "@groundwork/provider-openstack/lib/networking-router-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { defined } from "../../core/defined";
import { checkChildId } from "../child-id";
import { displayName } from "../display-name";
import { OBJECT_NAME } from "../limits";
import { OST005 } from "../rules";
import type { IExternalNetwork } from "./external-network";
import { containsAddress } from "./fixed-address";
import type { Subnet } from "./subnet";

/** Properties of {@link Router}. */
export interface RouterProps {
  /** Subnets to connect; the router is the gateway of each. */
  readonly subnets: readonly [Subnet, ...Subnet[]];
  /**
   * External network of the default route. Machines without a floating IP share the router's address.
   * @default - none: the subnets reach only each other
   */
  readonly external?: IExternalNetwork;
  /**
   * Name in the dashboard.
   * @default - derived from the construct's path
   */
  readonly name?: string;
}

/**
 * Defines a router between subnets, and from them to the internet.
 *
 * Creates the router, an interface in each subnet, and a resource for each further route. Terraform destroys the resources in the
 * subnets before the interfaces, and the interfaces before the router. Cost: an external address on most clouds.
 *
 * Errors: OST005, OST025, TXT001.
 *
 * @example new Router(this, "Router", { external: internet, subnets: [publicSubnet, privateSubnet] });
 */
export class Router extends Construct {
  /** Id of the router. */
  readonly routerId: string;
  private readonly subnets: readonly Subnet[];
  private readonly isExternal: boolean;
  private readonly interfaces: readonly NetworkingRouterInterfaceV2[];
  private readonly hops = new Set<string>();

  constructor(scope: Construct, id: string, props: RouterProps) {
    super(scope, id);
    const { external, subnets } = props;
    const resource = new NetworkingRouterV2(this, "Resource", {
      name: displayName(this, props.name, OBJECT_NAME),
      adminStateUp: true,
      ...defined({ externalNetworkId: external?.externalNetworkId }),
    });
    this.node.defaultChild = resource;
    this.routerId = resource.id;
    this.subnets = subnets;
    this.isExternal = external !== undefined;
    this.interfaces = subnets.map((subnet) => this.addInterface(subnet));
  }

  /** Port ids of the interfaces, which firewall groups apply to. */
  get portIds(): readonly string[] {
    return this.interfaces.map(({ portId }) => portId);
  }

  /** Routes a block to a machine in one of the subnets. The id is a noun: the destination. */
  addRoute(id: string, destination: Cidr, nextHop: string): ITerraformDependable {
    if (!this.subnets.some(({ cidr }) => containsAddress(cidr, nextHop)))
      throw OST005.violation({
        at: this,
        given: `route to ${destination.toString()} with next hop ${nextHop}`,
        fix: `use an address in ${this.subnets.map(({ cidr }) => cidr.toString()).join(" or ")}`,
      });
    const hop = `${destination.toString()} with next hop ${nextHop}`;
    if (this.hops.has(hop)) throw OST005.violation({ at: this, given: `a second route to ${hop}`, fix: "add it once" });
    this.hops.add(hop);
    checkChildId(this, id, "route");
    const route = new NetworkingRouterRouteV2(this, id, {
      routerId: this.routerId,
      destinationCidr: destination.toString(),
      nextHop,
      dependsOn: [...this.interfaces],
    });
    for (const subnet of this.subnets) subnet.connect(this, this.isExternal, route);
    return route;
  }

  private addInterface(subnet: Subnet): NetworkingRouterInterfaceV2 {
    const id = `interface-${subnet.node.path.replace(/[^\w.-]+/g, "-")}`;
    if (this.node.tryFindChild(id) !== undefined)
      throw OST005.violation({ at: this, given: `${subnet.node.path} twice`, fix: "pass each subnet once" });
    const resource = new NetworkingRouterInterfaceV2(this, id, { routerId: this.routerId, subnetId: subnet.subnetId });
    subnet.connect(this, this.isExternal, resource);
    return resource;
  }
}
