import { type Unknown, isUnknown } from "../certainty";
import { Hop } from "../hop";
import type { Interface, Subnet } from "../network/endpoint";
import { type RouteLookup, lookUp } from "../network/routing-table";
import type { Packet } from "../traffic/packet";
import type { Range } from "../traffic/range";
import type { NetworkPath } from "./network-path";
import { locationOf, pathOf, routingTableOf } from "./path-description";

/** The path between machines; inside a subnet it needs no route. */
export function internalPath(packet: Packet, from: Interface, to: Interface): NetworkPath {
  const segments = [{ packet, from: from.subnet, to: to.subnet }];
  if (isSameSubnet(from.subnet, to.subnet)) return { hops: [], forwarders: [], segments };
  const request = localRoute(from, packet.destination, to);
  const reply = localRoute(to, packet.source, from).asReply;
  return { hops: [request, reply].filter((hop) => hop.verdict !== "passes"), forwarders: [], segments };
}

/** Whether the routing table of one machine has a local route to another. */
function localRoute(from: Interface, addresses: Range | Unknown, to: Interface): Hop {
  const table = routingTableOf(from);
  if (isUnknown(table)) return Hop.unknown(table.unknown);
  const networks = [from.subnet, to.subnet].map((subnet) => (isUnknown(subnet) ? undefined : subnet.network));
  if (networks[0] !== networks[1] && networks.every((network) => network !== undefined))
    return betweenNetworks(from, to, lookUp(table, addresses));
  const found = lookUp(table, addresses);
  if ("unknown" in found) return Hop.unknown(found.unknown);
  if ("none" in found) return Hop.blocked(`no route from ${locationOf(from)} to ${locationOf(to)}`);
  if (found.route.target.kind === "local") return Hop.passes("local route of the network");
  return Hop.unknown(`where packets go that ${table.path} routes to ${found.route.target.path} inside the network`);
}

/** Machines of two networks have a path only through a component that connects the networks. */
function betweenNetworks(from: Interface, to: Interface, found: RouteLookup): Hop {
  if ("unknown" in found) return Hop.unknown(found.unknown);
  if ("route" in found && ["external", "machine"].includes(found.route.target.kind))
    return Hop.unknown(`whether ${pathOf(found.route.target)} connects ${locationOf(from)} to ${locationOf(to)}`);
  return Hop.blocked(`no route from ${locationOf(from)} to ${locationOf(to)}, which is in another network`);
}

function isSameSubnet(left: Subnet | Unknown, right: Subnet | Unknown): boolean {
  return !isUnknown(left) && !isUnknown(right) && left.path === right.path;
}
