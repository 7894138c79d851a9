import { Hop } from "./hop";
import type { Packet } from "./packet";
import type { End } from "./place";
import type { Way } from "./stretch";
import { inside } from "./way-inside";
import { inward, outward, toService } from "./way-outside";

/** How packets find from one end to another, and their answers back. ACLs and security groups are not asked here. */
export function wayBetween(packet: Packet, from: End, to: End): Way {
  if (from.kind === "interface") {
    if (to.kind === "interface") return inside(packet, from, to);
    return to.kind === "service" ? toService(packet, from, to) : outward(packet, from, to);
  }
  if (to.kind === "interface") return inward(packet, from, to);
  return { hops: [Hop.unknown(`what passes between ${from.path} and ${to.path}`)], forwarders: [], stretches: [] };
}
