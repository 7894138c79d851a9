import type { Port } from "../../../../core/port";
import { type Certainty, type Unknown, all, contains } from "../certainty";
import { Hop } from "../hop";
import { type Packet, matchesTraffic } from "../traffic/packet";
import type { Range } from "../traffic/range";

/** A rule of a network ACL. An omitted property matches everything. */
export interface AclRule {
  readonly number: number;
  readonly action: "allow" | "deny";
  /** Protocol and destination ports. */
  readonly traffic: Port | Unknown;
  readonly source?: Range | Unknown;
  readonly destination?: Range | Unknown;
  readonly sourcePorts?: Range | Unknown;
}

/** Stateless rules of subnets: the matching rule with the lowest number decides. */
export interface NetworkAcl {
  readonly path: string;
  readonly inbound: readonly AclRule[];
  readonly outbound: readonly AclRule[];
  /** Name of the default rule, which denies all remaining traffic. */
  readonly defaultRule: string;
  /** Where packets are evaluated: at the boundary of each subnet, on leaving and on entering; or once in the whole network. */
  readonly scope: "subnet" | "network";
  /** Whether the tree contains all of its rules. */
  readonly complete: boolean;
}

/** The decision of an ACL about packets in one direction. */
export function evaluateAcl(acl: NetworkAcl, direction: "inbound" | "outbound", packet: Packet): Hop {
  const rules = [...acl[direction]].sort((left, right) => left.number - right.number);
  if (!acl.complete) return Hop.unknown(`network ACL ${acl.path} has rules outside of this tree`);
  const candidates = rules
    .map((rule) => ({ rule, certainty: matches(rule, packet) }))
    .filter(({ certainty }) => certainty !== "no");
  const decisive = candidates.find(({ certainty }) => certainty === "yes")?.rule;
  const action = decisive?.action ?? "deny";
  // A rule that may match is relevant only if it would decide differently.
  const uncertain = candidates
    .slice(0, decisive === undefined ? undefined : candidates.findIndex(({ rule }) => rule === decisive))
    .find(({ rule }) => rule.action !== action);
  if (uncertain !== undefined)
    return Hop.unknown(`whether network ACL ${acl.path}, rule ${uncertain.rule.number}, matches this traffic`);
  const number = decisive?.number ?? acl.defaultRule;
  return action === "allow"
    ? Hop.passes(`allowed by network ACL ${acl.path}, rule ${number}`)
    : Hop.blocked(`blocked at network ACL ${acl.path}, rule ${number}`);
}

function matches(rule: AclRule, packet: Packet): Certainty {
  const matchesBlock = (block: Range | Unknown | undefined, numbers: Range | Unknown) =>
    block === undefined ? "yes" : contains(block, numbers);
  return all(
    matchesTraffic(rule.traffic, packet.protocol, packet.destinationPorts),
    matchesBlock(rule.source, packet.source),
    matchesBlock(rule.destination, packet.destination),
    matchesBlock(rule.sourcePorts, packet.sourcePorts),
  );
}
