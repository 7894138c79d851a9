import type { Port } from "../../../../core/port";
import { type Certainty, type Unknown, all, contains, isUnknown } from "../certainty";
import { Hop } from "../hop";
import { type Packet, matchesTraffic } from "../traffic/packet";
import type { Range } from "../traffic/range";

/** The peer of a rule: an address block, the members of a group, or a prefix list that the cloud manages. */
export type GroupPeer = Range | Unknown | { readonly group: string } | { readonly list: string };

/** A rule of a security group. All rules allow traffic. */
export interface GroupRule {
  readonly direction: "in" | "out";
  readonly traffic: Port | Unknown;
  readonly peer: GroupPeer;
  /** Name in explanations: the description, or the path in the tree. */
  readonly name: string;
}

/** A stateful firewall of its members. */
export interface SecurityGroup {
  /** Key by which rules of other groups refer to it. */
  readonly key: string;
  /** Path in the tree, or the id of a group outside of the tree. */
  readonly path: string;
  readonly rules: readonly GroupRule[];
  /** Whether the tree contains all of its rules; false for groups outside of the tree. */
  readonly complete: boolean;
}

/** The other endpoint, as rules refer to it. */
export interface PeerIdentity {
  /** Keys of its security groups; undefined where they are unknown. */
  readonly groups: readonly string[] | undefined;
  /** Key of its prefix list, if it is a service with one. */
  readonly list?: string;
}

/**
 * The decision of an endpoint's security groups about new connections: one matching rule of one group permits them. Replies need no
 * rule, because security groups are stateful.
 */
export function evaluateGroups(
  groups: readonly SecurityGroup[],
  direction: "in" | "out",
  packet: Packet,
  peer: PeerIdentity,
): Hop {
  const rules = groups.flatMap((group) =>
    group.rules
      .filter((rule) => rule.direction === direction)
      .map((rule) => ({ group, rule, certainty: matches(rule, packet, peer) })),
  );
  const matching = rules.find(({ certainty }) => certainty === "yes");
  if (matching !== undefined)
    return Hop.passes(`allowed by security group ${matching.group.path}, rule "${matching.rule.name}"`);
  const uncertain = rules.find(({ certainty }) => certainty === "maybe");
  if (uncertain !== undefined)
    return Hop.unknown(
      `whether security group ${uncertain.group.path}, rule "${uncertain.rule.name}", matches this traffic`,
    );
  const incomplete = groups.find(({ complete }) => !complete);
  if (incomplete !== undefined) return Hop.unknown(`security group ${incomplete.path} has rules outside of this tree`);
  const names = groups.map(({ path }) => path).join(", ");
  return Hop.blocked(
    names === ""
      ? "blocked: no security group is attached"
      : `blocked at security group ${names}: no ${direction}bound rule matches`,
  );
}

function matches(rule: GroupRule, packet: Packet, peer: PeerIdentity): Certainty {
  const address = rule.direction === "in" ? packet.source : packet.destination;
  return all(
    matchesTraffic(rule.traffic, packet.protocol, packet.destinationPorts),
    matchesPeer(rule.peer, address, peer),
  );
}

function matchesPeer(rule: GroupPeer, address: Range | Unknown, peer: PeerIdentity): Certainty {
  // The addresses of a prefix list are outside of the tree.
  if ("list" in rule) return rule.list === peer.list ? "yes" : "maybe";
  if (!("group" in rule)) return isUnknown(rule) ? "maybe" : contains(rule, address);
  if (peer.groups === undefined) return "maybe";
  return peer.groups.includes(rule.group) ? "yes" : "no";
}
