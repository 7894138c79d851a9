import { Port } from "../../../core/port";
import { isExpression } from "../../../core/token";
import type { Unknown } from "../model/certainty";
import type { Block } from "./block";

/** Names and numbers of the protocols that are distinguished; only queries about all protocols include the others. */
const PROTOCOLS: Readonly<Record<string, "all" | "tcp" | "udp" | "icmp">> = {
  "-1": "all",
  all: "all",
  any: "all",
  tcp: "tcp",
  "6": "tcp",
  udp: "udp",
  "17": "udp",
  icmp: "icmp",
  "1": "icmp",
};

/** Names of the arguments that specify the traffic of a rule. */
export interface TrafficNames {
  readonly protocol: string;
  readonly from: string;
  readonly to: string;
  /**
   * Argument with the ICMP type.
   * @default - the argument with the first port
   */
  readonly icmpType?: string;
}

/** The traffic of a rule; undefined for protocols that are not distinguished. */
export function trafficOf(block: Block, names: TrafficNames): Port | Unknown | undefined {
  const protocol = (block.text(names.protocol) ?? "all").toLowerCase();
  if (isExpression(protocol)) return { unknown: "its protocol is known only after apply" };
  const known = PROTOCOLS[protocol];
  if (known === undefined || known === "all") return known === undefined ? undefined : Port.ALL;
  if (known === "icmp") {
    const type = block.text(names.icmpType ?? names.from) ?? "-1";
    return type === "-1" ? Port.ALL_ICMP : { unknown: "it matches some ICMP types only" };
  }
  return portsOf(known, block.text(names.from), block.text(names.to));
}

function portsOf(protocol: "tcp" | "udp", from: string | undefined, to: string | undefined): Port | Unknown {
  const [first, last] = [Number(from ?? 0), Number(to ?? from ?? 65_535)];
  if (![first, last].every(Number.isInteger)) return { unknown: "its ports are known only after apply" };
  return protocol === "tcp" ? Port.tcpRange(first, last) : Port.udpRange(first, last);
}
