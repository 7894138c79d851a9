import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Cidr } from "../../core/cidr";
import { Peer } from "../../core/peer";
import { escapeTerraform, isToken } from "../../core/token";
import { restObject } from "../api/rest-object";
import { ROUTE_DESCRIPTION_BYTES } from "../limits";
import { NHN016, NHN020 } from "../rules";
import type { INatGateway } from "./nat-gateway";
import type { RoutingTable } from "./routing-table";

/** Next hop of a route. Internet gateways are not next hops: they are attached to a table. */
export class NextHop {
  /** A NAT gateway. */
  static natGateway(gateway: INatGateway): NextHop {
    return new NextHop(gateway.fixedIp, gateway.ready);
  }

  /** A machine of the VPC that forwards packets, by its address. Its port must allow the forwarded addresses. */
  static address(address: string): NextHop {
    return new NextHop(address, []);
  }

  private constructor(
    /** Address of the next hop. */
    readonly address: string,

    /** Resources that the route depends on. */
    readonly ready: readonly ITerraformDependable[],
  ) {}
}

/** Properties of {@link Route}. */
export interface RouteProps {
  /** Table that contains the route. */
  readonly routingTable: RoutingTable;
  /** `NextHop.natGateway(gateway)`, or `NextHop.address(address)` of a machine inside the VPC that forwards packets. */
  readonly nextHop: NextHop;
  /**
   * Destination of the packets, an IPv4 block.
   * @default Peer.anyIpv4()
   */
  readonly destination?: Peer;
  /**
   * Purpose, up to 256 bytes.
   * @default - "to the internet", or "to" and the destination
   */
  readonly description?: string;
}

/**
 * Defines a route of a routing table.
 *
 * Creates the route. Destination, next hop and description change in place. Cost: free of charge.
 *
 * Errors: NHN005, NHN016, NHN020.
 *
 * @example new Route(this, "Outbound", { routingTable: privateTable, nextHop: NextHop.natGateway(natGateway) });
 */
export class Route extends Construct {
  constructor(scope: Construct, id: string, props: RouteProps) {
    super(scope, id);
    const { routingTable, nextHop, destination = Peer.anyIpv4() } = props;
    this.check(destination, nextHop.address, routingTable.vpc.cidr);
    routingTable.addDestination(this, destination.value);
    const resource = restObject(this, "Resource", {
      collection: "routes",
      noun: "route",
      fields: {
        routingtable_id: routingTable.routingTableId,
        cidr: destination.value,
        gateway: nextHop.address,
        description:
          checkedDescription(this, props.description) ??
          (destination.isInternet ? "to the internet" : `to ${destination.value}`),
      },
      changeable: ["cidr", "gateway", "description"],
      dependsOn: nextHop.ready,
    });
    this.node.defaultChild = resource;
    routingTable.addRoute(resource);
  }

  private check(destination: Peer, address: string, network: Cidr): void {
    const inside = isToken(address) || network.contains(Cidr.parse(`${address}/32`, this));
    if (destination.kind === "ipv4" && inside) return;
    throw NHN016.violation({
      at: this,
      given: `a route to ${destination.value} with next hop ${address}, in a VPC of ${network.toString()}`,
      fix: "use an IPv4 block as destination, and the address of a machine inside the VPC as next hop",
    });
  }
}

function checkedDescription(at: Construct, text: string | undefined): string | undefined {
  const bytes = Buffer.byteLength(text ?? "");
  if (text !== undefined && !isToken(text) && (bytes > ROUTE_DESCRIPTION_BYTES || /[\p{Cc}\p{Cs}]/u.test(text)))
    throw NHN020.violation({
      at,
      given: `description "${text.slice(0, 60)}" of ${bytes} bytes`,
      fix: `use at most ${ROUTE_DESCRIPTION_BYTES} bytes of printable characters`,
    });
  return text === undefined ? undefined : escapeTerraform(text);
}
