import { Port } from "../../../core/port";
import { isToken } from "../../../core/token";
import type { Unknown } from "../model/certainty";
import type { Block } from "./block";

/** Names and numbers of the protocols that are told apart. Others are in nobody's question but one about everything. */
const PROTOCOLS: Readonly<Record<string, "all" | "tcp" | "udp" | "icmp">> = {
  ...{ "-1": "all", all: "all", any: "all" },
  ...{ tcp: "tcp", "6": "tcp", udp: "udp", "17": "udp", icmp: "icmp", "1": "icmp" },
};

/** Where a rule says which traffic it is about. */
export interface TrafficNames {
  readonly protocol: string;
  readonly from: string;
  readonly to: string;
  /**
   * Where the kind of ICMP stands.
   * @default - where the first port stands
   */
  readonly icmpType?: string;
}

/** The traffic of a rule; nothing where it is about a protocol that is not told apart. */
export function trafficOf(block: Block, names: TrafficNames): Port | Unknown | undefined {
  const protocol = (block.text(names.protocol) ?? "all").toLowerCase();
  if (isToken(protocol)) return { unknown: "its protocol is known at apply only" };
  const known = PROTOCOLS[protocol];
  if (known === undefined || known === "all") return known === undefined ? undefined : Port.ALL;
  if (known === "icmp") {
    const kind = block.text(names.icmpType ?? names.from) ?? "-1";
    return kind === "-1" ? Port.ALL_ICMP : { unknown: "it is about some kinds of ICMP" };
  }
  return portsOf(known, block.text(names.from), block.text(names.to));
}

function portsOf(protocol: "tcp" | "udp", from: string | undefined, to: string | undefined): Port | Unknown {
  const [first, last] = [Number(from ?? 0), Number(to ?? from ?? 65_535)];
  if (![first, last].every(Number.isInteger)) return { unknown: "its ports are known at apply only" };
  return protocol === "tcp" ? Port.tcpRange(first, last) : Port.udpRange(first, last);
}
