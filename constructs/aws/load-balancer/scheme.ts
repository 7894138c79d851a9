import type { Peer } from "../../core/peer";

/**
 * Defines who reaches a load balancer.
 *
 * @example Scheme.internal(); Scheme.internetFacing(Peer.anyIpv4()); Scheme.internetFacing(Peer.ipv4("203.0.113.0/24"))
 */
export class Scheme {
  /** Private addresses, for the network or the given clients in it and connected to it. */
  static internal(...clients: readonly Peer[]): Scheme {
    return new Scheme(true, clients.length === 0 ? undefined : clients);
  }

  /** Public addresses, for the given clients. The whole internet is `Peer.anyIpv4()`. */
  static internetFacing(...clients: readonly [Peer, ...Peer[]]): Scheme {
    return new Scheme(false, clients);
  }

  private constructor(
    /** Whether only private networks reach the load balancer. */
    readonly isInternal: boolean,
    /** Undefined for the network of the load balancer. */
    readonly clients: readonly Peer[] | undefined,
  ) {}

  /** Default tier of the load balancer. */
  get tier(): string {
    return this.isInternal ? "private" : "public";
  }
}
