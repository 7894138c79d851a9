import { Hop } from "../hop";
import type { Endpoint } from "../network/endpoint";
import type { Packet } from "../traffic/packet";
import { inboundPath, outboundPath, servicePath } from "./external-path";
import { internalPath } from "./internal-path";
import type { NetworkPath } from "./network-path";

/** The route of packets between two endpoints, and of their replies. Network ACLs and security groups are not evaluated here. */
export function pathBetween(packet: Packet, from: Endpoint, to: Endpoint): NetworkPath {
  if (from.kind === "interface") {
    if (to.kind === "interface") return internalPath(packet, from, to);
    return to.kind === "service" ? servicePath(packet, from, to) : outboundPath(packet, from, to);
  }
  if (to.kind === "interface") return inboundPath(packet, from, to);
  return { hops: [Hop.unknown(`the traffic between ${from.path} and ${to.path}`)], forwarders: [], segments: [] };
}
