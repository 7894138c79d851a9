import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Cidr } from "../core/cidr";
import { Peer } from "../core/peer";
import { isToken } from "../core/token";
import type { INatGateway } from "./nat-gateway";
import { restObject } from "./rest-object";
import type { RoutingTable } from "./routing-table";
import { NHN016 } from "./rules";

/** What a route leads through. An internet gateway is none of these: it is attached to a table. */
export class Way {
  /** A NAT gateway. */
  static natGateway(gateway: INatGateway): Way {
    return new Way(gateway.fixedIp, gateway.ready);
  }

  /** A machine of the VPC that forwards, by its address. Its port has to allow packets that are not its own. */
  static address(address: string): Way {
    return new Way(address, []);
  }

  private constructor(
    readonly address: string,
    readonly ready: readonly ITerraformDependable[],
  ) {}
}

export interface RouteProps {
  readonly routingTable: RoutingTable;
  readonly through: Way;
  /**
   * Where the packets go that take this way.
   * @default Peer.anyIpv4()
   */
  readonly destination?: Peer;
  /**
   * What it is for; NHN Cloud takes 256 bytes.
   * @default - where it leads, in words
   */
  readonly description?: string;
}

/**
 * Defines one way out of the subnets on a routing table.
 *
 * Creates the route. Free of charge. Destination, way and description change in place.
 *
 * Errors: NHN005, NHN016.
 *
 * @example new Route(this, "Outbound", { routingTable: privateTable, through: Way.natGateway(natGateway) });
 */
export class Route extends Construct {
  constructor(scope: Construct, id: string, props: RouteProps) {
    super(scope, id);
    const { routingTable, through, destination = Peer.anyIpv4() } = props;
    this.check(destination, through.address, routingTable.vpc.cidr);
    routingTable.refuseSecondWay(this, destination.value);
    const resource = restObject(this, "Resource", {
      collection: "routes",
      noun: "route",
      fields: {
        routingtable_id: routingTable.routingTableId,
        cidr: destination.value,
        gateway: through.address,
        description: props.description ?? (destination.isInternet ? "to the internet" : `to ${destination.value}`),
      },
      changeable: ["cidr", "gateway", "description"],
      dependsOn: through.ready,
    });
    this.node.defaultChild = resource;
    routingTable.addWay(resource);
  }

  private check(destination: Peer, address: string, network: Cidr): void {
    const inside = isToken(address) || network.contains(Cidr.parse(`${address}/32`, this));
    if (destination.kind === "ipv4" && inside) return;
    throw NHN016.violation({
      at: this,
      given: `a route to ${destination.value} through ${address}, in a VPC of ${network.toString()}`,
      fix: "lead an IPv4 block through the address of a machine inside",
    });
  }
}
