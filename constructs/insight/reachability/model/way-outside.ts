import type { Certainty, Unknown } from "./certainty";
import { isUnknown } from "./certainty";
import { Hop } from "./hop";
import type { Packet } from "./packet";
import type { End, Interface, Internet, Service, Subnet } from "./place";
import type { Found, RoutingTable, Target } from "./routing-table";
import { lookUp } from "./routing-table";
import type { Stretch, Way } from "./stretch";
import { deadEnd, described, named, noWay, tableOf } from "./way-words";

/** Out to the internet: through an address of one's own, or another's. */
export function outward(packet: Packet, from: Interface, to: Internet): Way {
  const first = { packet, from: from.subnet, to: undefined };
  const table = tableOf(from);
  if (isUnknown(table)) return { hops: [Hop.unknown(table.unknown)], forwarders: [], stretches: [first] };
  const found = lookUp(table, packet.destination);
  if (!("route" in found)) return nowhere([noWay(found, named(from), to.path)], first);
  const { target, destination } = found.route;
  const words = `${table.path} leads ${destination.toString()} to ${described(target)}`;
  if (target.kind === "internet")
    return { hops: [Hop.passes(words), ownAddress(from, target)], forwarders: [], stretches: [first] };
  if (target.kind === "nat") {
    if (target.subnet === undefined) return { hops: [Hop.passes(words)], forwarders: [], stretches: [first] };
    return through(packet, from, target.subnet, [Hop.passes(words)], []);
  }
  if (target.kind === "machine") {
    if (!target.machine.forwards)
      return nowhere([Hop.blocked(`${words}, which drops packets that are not its own`)], first);
    return through(packet, from, target.machine.subnet, [Hop.passes(`${words}, which forwards`)], [target.machine]);
  }
  return nowhere([deadEnd(target, words)], first);
}

/** Through something that stands in a subnet and sends packets on with an address of its own. */
function through(
  packet: Packet,
  from: Interface,
  subnet: Subnet | Unknown,
  hops: readonly Hop[],
  forwarders: readonly Interface[],
): Way {
  const translated = { ...packet, source: isUnknown(subnet) ? subnet : subnet.cidr };
  const stretches = [
    { packet, from: from.subnet, to: subnet },
    { packet: translated, from: subnet, to: undefined },
  ];
  const table = isUnknown(subnet) ? subnet : subnet.table;
  if (isUnknown(table)) return { hops: [...hops, Hop.unknown(table.unknown)], forwarders, stretches };
  const found = lookUp(table, packet.destination);
  if (!("route" in found)) return { hops: [...hops, noWay(found, table.path, "the internet")], forwarders, stretches };
  const { target, destination } = found.route;
  const words = `${table.path} leads ${destination.toString()} to ${described(target)}`;
  const last =
    target.kind === "internet"
      ? [Hop.passes(words), ...forwarders.map((machine) => ownAddress(machine, target))]
      : [deadEnd(target, words)];
  return { hops: [...hops, ...last], forwarders, stretches };
}

/** In from the internet: to an address that stands in front of the machine, if answers find back the same way. */
export function inward(packet: Packet, from: End, to: Interface): Way {
  const stretches = [{ packet, from: undefined, to: to.subnet }];
  const address: Record<Certainty, readonly Hop[]> = {
    yes: [],
    maybe: [Hop.unknown(`whether an address of the internet stands in front of ${to.path}`)],
    no: [Hop.blocked(`${to.path} has no address of the internet`)],
  };
  const table = tableOf(to);
  const found = isUnknown(table) ? table : lookUp(table, packet.source);
  return { hops: [...address[to.isPublic], entrance(to, from, table, found)], forwarders: [], stretches };
}

function entrance(to: Interface, from: End, table: RoutingTable | Unknown, found: Found): Hop {
  if (isUnknown(table) || !("route" in found)) return noWay(found, named(to), from.path);
  const { target, destination } = found.route;
  const words = `${table.path} leads ${destination.toString()} to ${described(target)}`;
  if (target.kind === "internet") return Hop.passes(words);
  if (target.kind === "nat" || target.kind === "machine")
    return Hop.blocked(`${words}, through which nobody opens a connection`);
  return deadEnd(target, words);
}

/** To a service that a routing table leads to without the internet; otherwise as far as the internet leads. */
export function toService(packet: Packet, from: Interface, to: Service): Way {
  const first = { packet, from: from.subnet, to: undefined };
  const table = tableOf(from);
  if (!isUnknown(table) && table.services.includes(to.key))
    return { hops: [Hop.passes(`${table.path} leads to ${to.path}`)], forwarders: [], stretches: [first] };
  return outward(packet, from, { kind: "internet", path: to.path, blocks: [] });
}

function ownAddress(from: Interface, target: Target & { readonly kind: "internet" }): Hop {
  if (from.isPublic === "yes") return Hop.passes(`${from.path} has an address of the internet`);
  if (target.translates) return Hop.passes(`${target.path} lends it its own address`);
  if (from.isPublic === "maybe")
    return Hop.unknown(`whether an address of the internet stands in front of ${from.path}`);
  return Hop.blocked(`${from.path} has no address of the internet`);
}

function nowhere(hops: readonly Hop[], stretch: Stretch): Way {
  return { hops, forwarders: [], stretches: [stretch] };
}
