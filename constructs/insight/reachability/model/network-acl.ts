import type { Port } from "../../../core/port";
import type { Certainty, Unknown } from "./certainty";
import { all, holds } from "./certainty";
import { Hop } from "./hop";
import type { Packet } from "./packet";
import { isTraffic } from "./packet";
import type { Range } from "./range";

/** One rule of a network ACL. What is not named matches everything. */
export interface AclRule {
  readonly number: number;
  readonly action: "allow" | "deny";
  /** Protocol, and ports that the packet goes to. */
  readonly traffic: Port | Unknown;
  readonly source?: Range | Unknown;
  readonly destination?: Range | Unknown;
  /** Ports that the packet comes from. */
  readonly sourcePorts?: Range | Unknown;
}

/** Stateless rules in front of subnets: of those about a packet, the one with the lowest number decides. */
export interface NetworkAcl {
  readonly path: string;
  readonly inbound: readonly AclRule[];
  readonly outbound: readonly AclRule[];
  /** What the rule behind all others is called, which denies. */
  readonly last: string;
  /**
   * Where packets meet it: at the edge of a subnet, once on the way out and once on the way in; or anywhere in the network, once.
   */
  readonly border: "subnet" | "network";
  /** Whether these are all of its rules. */
  readonly complete: boolean;
}

/** What an ACL says to packets in one direction. */
export function aclSays(acl: NetworkAcl, direction: "inbound" | "outbound", packet: Packet): Hop {
  const rules = [...acl[direction]].sort((one, other) => one.number - other.number);
  if (!acl.complete) return Hop.unknown(`network ACL ${acl.path} has rules that this tree does not hold`);
  const about = rules.map((rule) => ({ rule, says: matches(rule, packet) })).filter(({ says }) => says !== "no");
  const decided = about.find(({ says }) => says === "yes")?.rule;
  const action = decided?.action ?? "deny";
  // A rule that may be about the packets matters only where it would decide otherwise.
  const doubt = about
    .slice(0, decided === undefined ? undefined : about.findIndex(({ rule }) => rule === decided))
    .find(({ rule }) => rule.action !== action);
  if (doubt !== undefined)
    return Hop.unknown(`whether network ACL ${acl.path}, rule ${doubt.rule.number}, is about this traffic`);
  const number = decided?.number ?? acl.last;
  return action === "allow"
    ? Hop.passes(`allowed by network ACL ${acl.path}, rule ${number}`)
    : Hop.blocked(`blocked at network ACL ${acl.path}, rule ${number}`);
}

function matches(rule: AclRule, packet: Packet): Certainty {
  const of = (block: Range | Unknown | undefined, numbers: Range | Unknown) =>
    block === undefined ? "yes" : holds(block, numbers);
  return all(
    isTraffic(rule.traffic, packet.protocol, packet.destinationPorts),
    of(rule.source, packet.source),
    of(rule.destination, packet.destination),
    of(rule.sourcePorts, packet.sourcePorts),
  );
}
