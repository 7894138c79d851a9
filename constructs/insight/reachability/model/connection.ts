import { isUnknown } from "./certainty";
import type { Unknown } from "./certainty";
import { Hop } from "./hop";
import { aclSays } from "./network-acl";
import type { Packet } from "./packet";
import { answerTo } from "./packet";
import type { End, Interface, Subnet } from "./place";
import type { FarEnd } from "./security-group";
import { groupsSay } from "./security-group";
import type { Stretch } from "./stretch";
import { wayBetween } from "./way";

/**
 * What happens to packets that open a connection, hop by hop: the way, the security groups of both ends, the network ACLs
 * there and, since those remember nothing, back. Ends at the first hop that blocks.
 */
export function connect(packet: Packet, from: End, to: End): readonly Hop[] {
  const { hops: routing, forwarders, stretches } = wayBetween(packet, from, to);
  const answers = [...stretches].reverse().map(turned);
  const hops = [
    ...groupHops(from, "out", packet, to),
    ...routing,
    ...forwarders.flatMap((machine) => [
      ...groupHops(machine, "in", packet, from),
      ...groupHops(machine, "out", packet, to),
    ]),
    ...stretches.flatMap((stretch) => aclHops(stretch)),
    ...groupHops(to, "in", packet, from),
    ...answers.flatMap((stretch) => aclHops(stretch).map((hop) => hop.ofAnswer)),
  ];
  const end = hops.findIndex(({ verdict }) => verdict === "blocked");
  return end === -1 ? hops : hops.slice(0, end + 1);
}

function turned({ packet, from, to }: Stretch): Stretch {
  return { packet: answerTo(packet), from: to, to: from };
}

function groupHops(end: End, direction: "in" | "out", packet: Packet, other: End): readonly Hop[] {
  if (end.kind !== "interface" || end.groups === undefined) return [];
  return [groupsSay(end.groups, direction, packet, farEnd(other))];
}

function farEnd(end: End): FarEnd {
  if (end.kind === "service") return { groups: [], list: end.list };
  return { groups: end.kind === "internet" ? [] : groupKeys(end) };
}

function groupKeys({ groups }: Interface): readonly string[] | undefined {
  return groups?.map(({ key }) => key);
}

/** The ACLs on one stretch. Inside a subnet packets meet those that stand anywhere in the network, and those only. */
function aclHops({ packet, from, to }: Stretch): readonly Hop[] {
  const out = aclOf(from);
  const into = aclOf(to);
  const isInside = from !== undefined && to !== undefined && samePath(from, to);
  if (isInside || isSameList(out, into))
    return into !== undefined && !isUnknown(into) && into.border === "network"
      ? [aclSays(into, "inbound", packet)]
      : [];
  return [...hop(out, "outbound", packet), ...hop(into, "inbound", packet)];
}

function hop(acl: ReturnType<typeof aclOf>, direction: "inbound" | "outbound", packet: Packet): readonly Hop[] {
  if (acl === undefined) return [];
  return [isUnknown(acl) ? Hop.unknown(acl.unknown) : aclSays(acl, direction, packet)];
}

function aclOf(subnet: Subnet | Unknown | undefined): Subnet["acl"] {
  return subnet === undefined || isUnknown(subnet) ? undefined : subnet.acl;
}

function samePath(one: Subnet | Unknown, other: Subnet | Unknown): boolean {
  return !isUnknown(one) && !isUnknown(other) && one.path === other.path;
}

/** Whether both subnets share a list that packets meet once in the whole network. */
function isSameList(one: Subnet["acl"], other: Subnet["acl"]): boolean {
  return one !== undefined && !isUnknown(one) && one === other && one.border === "network";
}
