import type { Port } from "../../../core/port";
import type { Unknown } from "./certainty";
import { isUnknown } from "./certainty";
import { landmarksBetween } from "./landmarks";
import type { Packet, PacketProtocol } from "./packet";
import { portsOf } from "./packet";
import type { End } from "./place";
import type { Range } from "./range";
import { ALL_PORTS, CALLERS_PORTS, cut } from "./range";

/**
 * Everything that a question is about, cut into packets that fare alike: by where blocks and ports of rules and routes
 * begin and end. So each is judged by looking at it once, and together the judgements are exact.
 */
export function packetsBetween(from: End, to: End, port: Port): readonly Packet[] {
  const { addresses, ports } = landmarksBetween(from, to);
  const parts = (ranges: readonly Range[]) => ranges.flatMap((range) => cut(range, ports));
  const sources = addressesOf(from, addresses);
  const destinations = addressesOf(to, addresses);
  return protocolsOf(port).flatMap((protocol) => {
    const ported = protocol === "tcp" || protocol === "udp";
    const [own, called] = ported ? [parts([CALLERS_PORTS]), parts([portsOf(port)])] : [[ALL_PORTS], [ALL_PORTS]];
    return sources.flatMap((source) =>
      destinations.flatMap((destination) =>
        own.flatMap((sourcePorts) =>
          called.map((destinationPorts) => ({ protocol, source, sourcePorts, destination, destinationPorts })),
        ),
      ),
    );
  });
}

function addressesOf(end: End, landmarks: readonly Range[]): readonly (Range | Unknown)[] {
  if (end.kind === "interface") return isUnknown(end.addresses) ? [end.addresses] : cut(end.addresses, landmarks);
  return (end.kind === "internet" ? end.blocks : INTERNET).flatMap((block) => cut(block, landmarks));
}

function protocolsOf({ protocol }: Port): readonly PacketProtocol[] {
  if (protocol === "all") return ["tcp", "udp", "icmp", "other"];
  return protocol === "icmpv6" ? ["other"] : [protocol];
}

/** What is nobody's on the internet: this network, private space, shared space, loopback, link-local, multicast and beyond. */
const SPECIAL: readonly (readonly [string, number])[] = [
  ["0", 8],
  ["10", 8],
  ["100.64", 10],
  ["127", 8],
  ["169.254", 16],
  ["172.16", 12],
  ["192.168", 16],
  ["224", 3],
];

/** Every address of the internet. */
export const INTERNET: readonly Range[] = outside(SPECIAL.map(([start, prefix]) => block(start, prefix)));

function block(start: string, prefix: number): Range {
  const bytes = start.split(".").map(Number);
  const first = [0, 1, 2, 3].reduce((address, n) => address * 256 + (bytes[n] ?? 0), 0);
  return { first, last: first + 2 ** (32 - prefix) - 1 };
}

/** What lies between ranges that are given in order. */
function outside(ranges: readonly Range[]): readonly Range[] {
  const ends = [-1, ...ranges.map(({ last }) => last)];
  return ends
    .map((last, index) => ({ first: last + 1, last: (ranges[index]?.first ?? 2 ** 32) - 1 }))
    .filter(({ first, last }) => first <= last);
}
