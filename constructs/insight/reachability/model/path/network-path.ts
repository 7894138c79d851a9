import type { Unknown } from "../certainty";
import type { Hop } from "../hop";
import type { Interface, Subnet } from "../network/endpoint";
import type { Packet } from "../traffic/packet";

/** A segment of a path between two subnets, or between a subnet and the outside, with the packets as they are there. */
export interface Segment {
  readonly packet: Packet;
  readonly from: Subnet | Unknown | undefined;
  readonly to: Subnet | Unknown | undefined;
}

/** The path of packets: the routing decisions, the machines that forward them, and the segments in order. */
export interface NetworkPath {
  readonly hops: readonly Hop[];
  readonly forwarders: readonly Interface[];
  readonly segments: readonly Segment[];
}
