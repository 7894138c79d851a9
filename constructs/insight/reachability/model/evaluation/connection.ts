import { type Unknown, isUnknown } from "../certainty";
import { Hop } from "../hop";
import type { Endpoint, Interface, Subnet } from "../network/endpoint";
import { evaluateAcl } from "../network/network-acl";
import { type PeerIdentity, evaluateGroups } from "../network/security-group";
import type { Segment } from "../path/network-path";
import { pathBetween } from "../path/path-between";
import { type Packet, replyTo } from "../traffic/packet";

/**
 * Evaluates packets that open a connection, hop by hop: routes, the security groups of both endpoints, and the network ACLs in both
 * directions, because those are stateless. Ends at the first hop that blocks.
 */
export function connect(packet: Packet, from: Endpoint, to: Endpoint): readonly Hop[] {
  const { hops: routing, forwarders, segments } = pathBetween(packet, from, to);
  const replies = [...segments].reverse().map(reversed);
  const hops = [
    ...groupHops(from, "out", packet, to),
    ...routing,
    ...forwarders.flatMap((machine) => [
      ...groupHops(machine, "in", packet, from),
      ...groupHops(machine, "out", packet, to),
    ]),
    ...segments.flatMap((segment) => aclHops(segment)),
    ...groupHops(to, "in", packet, from),
    ...replies.flatMap((segment) => aclHops(segment).map((hop) => hop.asReply)),
  ];
  const end = hops.findIndex(({ verdict }) => verdict === "blocked");
  return end === -1 ? hops : hops.slice(0, end + 1);
}

function reversed({ packet, from, to }: Segment): Segment {
  return { packet: replyTo(packet), from: to, to: from };
}

function groupHops(endpoint: Endpoint, direction: "in" | "out", packet: Packet, peer: Endpoint): readonly Hop[] {
  if (endpoint.kind !== "interface" || endpoint.groups === undefined) return [];
  return [evaluateGroups(endpoint.groups, direction, packet, identityOf(peer))];
}

function identityOf(endpoint: Endpoint): PeerIdentity {
  if (endpoint.kind === "service") return { groups: [], list: endpoint.list };
  return { groups: endpoint.kind === "internet" ? [] : groupKeys(endpoint) };
}

function groupKeys({ groups }: Interface): readonly string[] | undefined {
  return groups?.map(({ key }) => key);
}

/** The ACLs of a segment. Inside a subnet only ACLs of the whole network apply. */
function aclHops({ packet, from, to }: Segment): readonly Hop[] {
  const out = aclOf(from);
  const into = aclOf(to);
  const isInside = from !== undefined && to !== undefined && isSameSubnet(from, to);
  if (isInside || isSharedAcl(out, into))
    return into !== undefined && !isUnknown(into) && into.scope === "network"
      ? [evaluateAcl(into, "inbound", packet)]
      : [];
  return [...aclHop(out, "outbound", packet), ...aclHop(into, "inbound", packet)];
}

function aclHop(acl: Subnet["acl"], direction: "inbound" | "outbound", packet: Packet): readonly Hop[] {
  if (acl === undefined) return [];
  return [isUnknown(acl) ? Hop.unknown(acl.unknown) : evaluateAcl(acl, direction, packet)];
}

function aclOf(subnet: Subnet | Unknown | undefined): Subnet["acl"] {
  return subnet === undefined || isUnknown(subnet) ? undefined : subnet.acl;
}

function isSameSubnet(left: Subnet | Unknown, right: Subnet | Unknown): boolean {
  return !isUnknown(left) && !isUnknown(right) && left.path === right.path;
}

/** Whether both subnets have the same ACL, which is evaluated once in the whole network. */
function isSharedAcl(left: Subnet["acl"], right: Subnet["acl"]): boolean {
  return left !== undefined && !isUnknown(left) && left === right && left.scope === "network";
}
