import type { Port } from "../../../../core/port";
import { type Unknown, isUnknown } from "../certainty";
import type { Endpoint } from "../network/endpoint";
import { boundariesBetween } from "./boundaries";
import { type Packet, type PacketProtocol, portsOf } from "./packet";
import { ALL_PORTS, EPHEMERAL_PORTS, type Range, split } from "./range";

/**
 * The traffic of a query, split at the boundaries of all address blocks and port ranges in rules and routes. All packets of a part
 * take the same hops, so that one evaluation of each part is exact.
 */
export function packetsBetween(from: Endpoint, to: Endpoint, port: Port): readonly Packet[] {
  const { addresses, ports } = boundariesBetween(from, to);
  const parts = (ranges: readonly Range[]) => ranges.flatMap((range) => split(range, ports));
  const sources = addressesOf(from, addresses);
  const destinations = addressesOf(to, addresses);
  return protocolsOf(port).flatMap((protocol) => {
    const hasPorts = protocol === "tcp" || protocol === "udp";
    const [clientPorts, serverPorts] = hasPorts
      ? [parts([EPHEMERAL_PORTS]), parts([portsOf(port)])]
      : [[ALL_PORTS], [ALL_PORTS]];
    return sources.flatMap((source) =>
      destinations.flatMap((destination) =>
        clientPorts.flatMap((sourcePorts) =>
          serverPorts.map((destinationPorts) => ({ protocol, source, sourcePorts, destination, destinationPorts })),
        ),
      ),
    );
  });
}

function addressesOf(endpoint: Endpoint, boundaries: readonly Range[]): readonly (Range | Unknown)[] {
  if (endpoint.kind === "interface")
    return isUnknown(endpoint.addresses) ? [endpoint.addresses] : split(endpoint.addresses, boundaries);
  return (endpoint.kind === "internet" ? endpoint.blocks : INTERNET).flatMap((block) => split(block, boundaries));
}

function protocolsOf({ protocol }: Port): readonly PacketProtocol[] {
  if (protocol === "all") return ["tcp", "udp", "icmp", "other"];
  return protocol === "icmpv6" ? ["other"] : [protocol];
}

/** Address blocks that are not public: this network, private and shared address space, loopback, link-local, multicast and reserved. */
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

/** All public addresses. */
export const INTERNET: readonly Range[] = outside(SPECIAL.map(([start, prefix]) => block(start, prefix)));

function block(start: string, prefix: number): Range {
  const bytes = start.split(".").map(Number);
  const first = [0, 1, 2, 3].reduce((address, n) => address * 256 + (bytes[n] ?? 0), 0);
  return { first, last: first + 2 ** (32 - prefix) - 1 };
}

/** The gaps between sorted ranges. */
function outside(ranges: readonly Range[]): readonly Range[] {
  const ends = [-1, ...ranges.map(({ last }) => last)];
  return ends
    .map((last, index) => ({ first: last + 1, last: (ranges[index]?.first ?? 2 ** 32) - 1 }))
    .filter(({ first, last }) => first <= last);
}
