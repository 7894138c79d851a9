import type { Peer } from "../../../core/peer";
import { EKS004 } from "../rules";

/**
 * Defines from where the API server of a cluster can be reached. The cluster's own network always can.
 *
 * @example Endpoint.private(); Endpoint.privateAnd(Peer.ipv4("203.0.113.0/24")); Endpoint.openToTheWorld()
 */
export class Endpoint {
  /** From the network only: who deploys has to stand in it, or be led into it. */
  static private(): Endpoint {
    return new Endpoint([]);
  }

  /** From the network, and from named blocks of the internet: an office, a pipeline with a fixed address. */
  static privateAnd(...peers: readonly [Peer, ...Peer[]]): Endpoint {
    const wrong = peers.filter((peer) => peer.kind !== "ipv4" || peer.isInternet || (peer.cidr?.prefix ?? 32) < 8);
    if (wrong.length > 0 || peers.length > 40)
      throw EKS004.violation({
        given: wrong.length > 0 ? `public access from ${wrong.join(", ")}` : `${peers.length} blocks`,
        fix: "name up to 40 IPv4 blocks of the people and pipelines that need it, or say Endpoint.openToTheWorld()",
      });
    return new Endpoint(peers.map((peer) => peer.value));
  }

  /** From everywhere, as tools that make a cluster in one command leave it. Authentication is all that stands before it. */
  static openToTheWorld(): Endpoint {
    return new Endpoint(["0.0.0.0/0"]);
  }

  private constructor(
    /** Blocks of the internet that reach the API server. */
    readonly publicBlocks: readonly string[],
  ) {}
}
