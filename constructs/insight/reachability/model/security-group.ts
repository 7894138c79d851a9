import type { Port } from "../../../core/port";
import type { Certainty, Unknown } from "./certainty";
import { all, holds, isUnknown } from "./certainty";
import { Hop } from "./hop";
import type { Packet } from "./packet";
import { isTraffic } from "./packet";
import type { Range } from "./range";

/** Who a rule of a security group is about: a block, the members of a group, a list of prefixes that the cloud keeps. */
export type GroupPeer = Range | Unknown | { readonly group: string } | { readonly list: string };

/** One rule of a security group. It allows; there is no other kind. */
export interface GroupRule {
  readonly direction: "in" | "out";
  readonly traffic: Port | Unknown;
  readonly peer: GroupPeer;
  /** How the rule is named to a reader: its description, or its key in the tree. */
  readonly name: string;
}

/** A stateful firewall around its members. */
export interface SecurityGroup {
  /** By what rules of other groups name it. */
  readonly key: string;
  /** Path in the tree, or the id of a group that stands elsewhere. */
  readonly path: string;
  readonly rules: readonly GroupRule[];
  /** Whether these are all of its rules. A group that is made elsewhere has others that nobody sees here. */
  readonly complete: boolean;
}

/** Who stands at the other end, as rules name it. */
export interface FarEnd {
  /** Keys of the groups that it carries; nothing where any may be. */
  readonly groups: readonly string[] | undefined;
  /** Key of the list of prefixes that it is, if it is one. */
  readonly list?: string;
}

/**
 * What the groups of one end say to opening a connection. One rule of one group is enough. Answers are not asked about:
 * the groups remember the connection.
 */
export function groupsSay(
  groups: readonly SecurityGroup[],
  direction: "in" | "out",
  packet: Packet,
  farEnd: FarEnd,
): Hop {
  const rules = groups.flatMap((group) =>
    group.rules
      .filter((rule) => rule.direction === direction)
      .map((rule) => ({ group, rule, says: allows(rule, packet, farEnd) })),
  );
  const yes = rules.find(({ says }) => says === "yes");
  if (yes !== undefined) return Hop.passes(`allowed by security group ${yes.group.path}, rule "${yes.rule.name}"`);
  const maybe = rules.find(({ says }) => says === "maybe");
  if (maybe !== undefined)
    return Hop.unknown(`whether security group ${maybe.group.path}, rule "${maybe.rule.name}", is about this traffic`);
  const elsewhere = groups.find(({ complete }) => !complete);
  if (elsewhere !== undefined)
    return Hop.unknown(`security group ${elsewhere.path} has rules that this tree does not hold`);
  const names = groups.map(({ path }) => path).join(", ");
  const verb = direction === "in" ? "in" : "out";
  return Hop.blocked(
    names === ""
      ? `blocked: no security group lets anything ${verb}`
      : `blocked at security group ${names}: no rule lets it ${verb}`,
  );
}

function allows(rule: GroupRule, packet: Packet, farEnd: FarEnd): Certainty {
  const address = rule.direction === "in" ? packet.source : packet.destination;
  return all(isTraffic(rule.traffic, packet.protocol, packet.destinationPorts), isPeer(rule.peer, address, farEnd));
}

function isPeer(peer: GroupPeer, address: Range | Unknown, farEnd: FarEnd): Certainty {
  // Which addresses a list has stands nowhere in a tree.
  if ("list" in peer) return peer.list === farEnd.list ? "yes" : "maybe";
  if (!("group" in peer)) return isUnknown(peer) ? "maybe" : holds(peer, address);
  if (farEnd.groups === undefined) return "maybe";
  return farEnd.groups.includes(peer.group) ? "yes" : "no";
}
