import type { Unknown } from "./certainty";
import type { Hop } from "./hop";
import type { Packet } from "./packet";
import type { Interface, Subnet } from "./place";

/** One stretch between two subnets, or between a subnet and what is outside, with the packets as they are there. */
export interface Stretch {
  readonly packet: Packet;
  readonly from: Subnet | Unknown | undefined;
  readonly to: Subnet | Unknown | undefined;
}

/** How packets travel: what routing says, the machines that forward them, and the stretches they pass in order. */
export interface Way {
  readonly hops: readonly Hop[];
  readonly forwarders: readonly Interface[];
  readonly stretches: readonly Stretch[];
}
