import type { Port } from "../../../../core/port";
import { type Certainty, type Unknown, contains, isUnknown } from "../certainty";
import { ALL_PORTS, type Range } from "./range";

/** Protocols that are distinguished; `other` represents all remaining ones. */
export type PacketProtocol = "tcp" | "udp" | "icmp" | "other";

/**
 * Packets that no rule distinguishes: addresses and ports are ranges. For protocols without ports the ranges contain all ports, which
 * no rule about such a protocol evaluates.
 */
export interface Packet {
  readonly protocol: PacketProtocol;
  readonly source: Range | Unknown;
  readonly sourcePorts: Range;
  readonly destination: Range | Unknown;
  readonly destinationPorts: Range;
}

/** The reply packets. */
export function replyTo(packet: Packet): Packet {
  return {
    protocol: packet.protocol,
    source: packet.destination,
    sourcePorts: packet.destinationPorts,
    destination: packet.source,
    destinationPorts: packet.sourcePorts,
  };
}

/** Whether a rule's protocol and ports match packets with this protocol and these ports. */
export function matchesTraffic(traffic: Port | Unknown, protocol: PacketProtocol, ports: Range): Certainty {
  if (isUnknown(traffic)) return "maybe";
  if (traffic.protocol === "all") return "yes";
  if (traffic.protocol !== protocol) return "no";
  return contains(portsOf(traffic), ports);
}

/** The ports of a rule or a query. */
export function portsOf(port: Port): Range {
  return port.from === -1 ? ALL_PORTS : { first: port.from, last: port.to };
}
