import { Cidr } from "../../../core/cidr";
import type { Peer } from "../../../core/peer";
import { EKS004 } from "../rules";

/**
 * Blocks that are no source of public traffic; EKS rejects them. The network's own addresses use the private endpoint.
 * Source: IANA special-purpose address registry (RFC 6890) and "reserved addresses" in the EKS user guide.
 */
const RESERVED = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/4",
  "240.0.0.0/4",
].map((block) => Cidr.parse(block));

function isPublicSource(block: Cidr): boolean {
  return block.prefix >= 8 && !RESERVED.some((reserved) => reserved.overlaps(block));
}

/**
 * Defines which networks can reach the API server of a cluster. The cluster's own network always can.
 *
 * @example Endpoint.private(); Endpoint.privateAnd(Peer.ipv4("203.0.113.0/24")); Endpoint.openToTheWorld()
 */
export class Endpoint {
  /** Private access only: deployments run inside the network, or through a tunnel into it. */
  static private(): Endpoint {
    return new Endpoint([]);
  }

  /** Private access, and public access from the given IPv4 blocks, for example an office or a pipeline with a fixed address. */
  static privateAnd(...peers: readonly [Peer, ...Peer[]]): Endpoint {
    const wrong = peers.filter(
      (peer) => peer.kind !== "ipv4" || peer.isInternet || (peer.cidr !== undefined && !isPublicSource(peer.cidr)),
    );
    if (wrong.length > 0 || peers.length > 40)
      throw EKS004.violation({
        given: wrong.length > 0 ? `public access from ${wrong.join(", ")}` : `${peers.length} blocks`,
        fix: "name up to 40 public IPv4 blocks, from /8 to /32, of the people and pipelines that need it, or use Endpoint.openToTheWorld()",
      });
    return new Endpoint(peers.map((peer) => peer.value));
  }

  /** Public access from the whole internet, the default of eksctl and of the AWS console. Only authentication protects the API. */
  static openToTheWorld(): Endpoint {
    return new Endpoint(["0.0.0.0/0"]);
  }

  private constructor(
    /** Public blocks that can reach the API server. */
    readonly publicBlocks: readonly string[],
  ) {}
}
