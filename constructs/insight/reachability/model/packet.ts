import type { Port } from "../../../core/port";
import type { Certainty, Unknown } from "./certainty";
import { holds, isUnknown } from "./certainty";
import type { Range } from "./range";
import { ALL_PORTS } from "./range";

/** Protocols that are told apart; `other` stands for all those without a name here. */
export type PacketProtocol = "tcp" | "udp" | "icmp" | "other";

/**
 * Packets that no rule tells apart: addresses and ports are ranges. Where the protocol has no ports they are all ports,
 * which no rule about such a protocol looks at.
 */
export interface Packet {
  readonly protocol: PacketProtocol;
  readonly source: Range | Unknown;
  readonly sourcePorts: Range;
  readonly destination: Range | Unknown;
  readonly destinationPorts: Range;
}

/** The packets that come back. */
export function answerTo(packet: Packet): Packet {
  return {
    protocol: packet.protocol,
    source: packet.destination,
    sourcePorts: packet.destinationPorts,
    destination: packet.source,
    destinationPorts: packet.sourcePorts,
  };
}

/** Whether packets are the traffic that a rule is about, by protocol and one end's ports. */
export function isTraffic(traffic: Port | Unknown, protocol: PacketProtocol, ports: Range): Certainty {
  if (isUnknown(traffic)) return "maybe";
  if (traffic.protocol === "all") return "yes";
  if (traffic.protocol !== protocol) return "no";
  return holds(portsOf(traffic), ports);
}

/** The ports of a rule or a question. */
export function portsOf(port: Port): Range {
  return port.from === -1 ? ALL_PORTS : { first: port.from, last: port.to };
}
