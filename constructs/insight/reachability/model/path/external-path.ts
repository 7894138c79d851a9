import { type Certainty, type Unknown, isUnknown } from "../certainty";
import { Hop } from "../hop";
import type { Endpoint, Interface, Internet, Service, Subnet } from "../network/endpoint";
import { type RouteLookup, type RouteTarget, type RoutingTable, lookUp } from "../network/routing-table";
import type { Packet } from "../traffic/packet";
import type { NetworkPath } from "./network-path";
import { describeRoute, endOfPath, locationOf, noRoute, routingTableOf } from "./path-description";

/** The path to the internet: with the machine's own public address, or through address translation. */
export function outboundPath(packet: Packet, from: Interface, to: Internet): NetworkPath {
  const segments = [{ packet, from: from.subnet, to: undefined }];
  const direct = (...hops: readonly Hop[]): NetworkPath => ({ hops, forwarders: [], segments });
  const table = routingTableOf(from);
  if (isUnknown(table)) return direct(Hop.unknown(table.unknown));
  const found = lookUp(table, packet.destination);
  if (!("route" in found)) return direct(noRoute(found, locationOf(from), to.path));
  const { target } = found.route;
  const text = describeRoute(table, found.route);
  switch (target.kind) {
    case "internet":
      return direct(Hop.passes(text), publicAddress(from, target));
    case "nat":
      if (target.subnet === undefined) return direct(Hop.passes(text));
      return translatedPath(packet, from, target.subnet, [Hop.passes(text)], []);
    case "machine":
      if (!target.machine.forwards) return direct(Hop.blocked(`${text}, which does not forward packets`));
      return translatedPath(
        packet,
        from,
        target.machine.subnet,
        [Hop.passes(`${text}, which forwards`)],
        [target.machine],
      );
    default:
      return direct(endOfPath(target, text));
  }
}

/** The path through a component in a subnet that translates packets to its own address. */
function translatedPath(
  packet: Packet,
  from: Interface,
  subnet: Subnet | Unknown,
  hops: readonly Hop[],
  forwarders: readonly Interface[],
): NetworkPath {
  const translated = { ...packet, source: isUnknown(subnet) ? subnet : subnet.cidr };
  const segments = [
    { packet, from: from.subnet, to: subnet },
    { packet: translated, from: subnet, to: undefined },
  ];
  const table = isUnknown(subnet) ? subnet : subnet.table;
  if (isUnknown(table)) return { hops: [...hops, Hop.unknown(table.unknown)], forwarders, segments };
  const found = lookUp(table, packet.destination);
  if (!("route" in found)) return { hops: [...hops, noRoute(found, table.path, "the internet")], forwarders, segments };
  const { target } = found.route;
  const text = describeRoute(table, found.route);
  const last =
    target.kind === "internet"
      ? [Hop.passes(text), ...forwarders.map((machine) => publicAddress(machine, target))]
      : [endOfPath(target, text)];
  return { hops: [...hops, ...last], forwarders, segments };
}

/** The path from the internet to a machine with a public address, if replies are routed back through the internet gateway. */
export function inboundPath(packet: Packet, from: Endpoint, to: Interface): NetworkPath {
  const segments = [{ packet, from: undefined, to: to.subnet }];
  const address: Record<Certainty, readonly Hop[]> = {
    yes: [],
    maybe: [Hop.unknown(`whether ${to.path} has a public address`)],
    no: [Hop.blocked(`${to.path} has no public address`)],
  };
  const table = routingTableOf(to);
  const found = isUnknown(table) ? table : lookUp(table, packet.source);
  return { hops: [...address[to.isPublic], inboundRoute(to, from, table, found)], forwarders: [], segments };
}

function inboundRoute(to: Interface, from: Endpoint, table: RoutingTable | Unknown, found: RouteLookup): Hop {
  if (isUnknown(table) || !("route" in found)) return noRoute(found, locationOf(to), from.path);
  const { target } = found.route;
  const text = describeRoute(table, found.route);
  if (target.kind === "internet") return Hop.passes(text);
  if (target.kind === "nat" || target.kind === "machine")
    return Hop.blocked(`${text}, which accepts no inbound connections`);
  return endOfPath(target, text);
}

/** The path to a service: through its gateway endpoint in the routing table, or else through the internet. */
export function servicePath(packet: Packet, from: Interface, to: Service): NetworkPath {
  const table = routingTableOf(from);
  if (!isUnknown(table) && table.services.includes(to.key))
    return {
      hops: [Hop.passes(`${table.path} routes to ${to.path}`)],
      forwarders: [],
      segments: [{ packet, from: from.subnet, to: undefined }],
    };
  return outboundPath(packet, from, { kind: "internet", path: to.path, blocks: [] });
}

function publicAddress(from: Interface, target: RouteTarget & { readonly kind: "internet" }): Hop {
  if (from.isPublic === "yes") return Hop.passes(`${from.path} has a public address`);
  if (target.translates) return Hop.passes(`${target.path} translates to its own address`);
  if (from.isPublic === "maybe") return Hop.unknown(`whether ${from.path} has a public address`);
  return Hop.blocked(`${from.path} has no public address`);
}
