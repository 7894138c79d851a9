import type { Cidr } from "../../core/cidr";
import { type AclEntry, type NetworkAclRules, returnPort } from "../../core/network-acl-rules";
import type { Peer } from "../../core/peer";
import type { Port } from "../../core/port";

/** Added to the order of rules for traffic from and to addresses outside of the VPC. A round number keeps orders readable. */
export const OUTSIDE_OFFSET = 16_000;

/** Order of the rule that denies all other traffic inside the VPC: after the inside allow rules, before the outside rules. */
export const INSIDE_DENY_ORDER = 16_101;

/** The rules of a subnet, and where their orders start in the ACL of the VPC. */
export interface AclSubnet {
  /** Key of the subnet, a noun. */
  readonly key: string;
  readonly cidr: Cidr;
  readonly rules: NetworkAclRules;
  /** Added to the number of each rule, so that subnets with the same rules do not conflict. */
  readonly from: number;
}

/** One rule of an ACL in NHN Cloud's terms. An absent port means all ports. */
export interface AclLine {
  /** Key of the subnet that the rule belongs to; `undefined` for the whole VPC. */
  readonly subnet: string | undefined;
  /** Order of the rule; lower orders are evaluated first. */
  readonly order: number;
  /** Whether the rule allows or denies. */
  readonly policy: "allow" | "deny";
  /** Protocol; undefined for all. */
  readonly protocol: "tcp" | "udp" | "icmp" | undefined;
  /** Block of the source. */
  readonly source: string;
  /** Block of the destination. */
  readonly destination: string;
  /** Ports of the source; undefined for all. */
  readonly sourcePort: Port | undefined;
  /** Ports of the destination; undefined for all. */
  readonly destinationPort: Port | undefined;
  /** Description of the rule. */
  readonly description: string;
}

/**
 * Merges the rules of several subnets into one ordered list, because NHN Cloud supports one ACL per VPC.
 *
 * Rules of one subnet must not open another subnet: "allow all egress" of the public subnet would also be "allow ingress" of the
 * private one, because both describe the same packet. Therefore the list has two parts. Traffic inside the VPC comes first: the
 * inbound rules of the destination's subnet apply, then all other traffic inside is denied. Traffic from and to the outside follows.
 * Machines of the same subnet reach each other, as on clouds where an ACL applies at the edge of a subnet.
 *
 * @example planAcl(Cidr.parse("172.31.0.0/16"), [{ key: "private", cidr, rules: NetworkAclRules.outbound(), from: 2000 }])
 */
export function planAcl(network: Cidr, subnets: readonly AclSubnet[]): readonly AclLine[] {
  const lines = subnets.flatMap((subnet) => [
    withinSubnet(subnet),
    ...subnet.rules.entries
      .filter((entry) => !entry.isReturn)
      .flatMap((entry) => [...insideLines(entry, subnet, network), ...outsideLines(entry, subnet, network)]),
  ]);
  return [...lines, denyInside(network)].sort((one, other) => one.order - other.order);
}

/** Whether a rule matches addresses inside the VPC, outside of it, or both. */
export function reach(entry: AclEntry, network: Cidr): { readonly inside: boolean; readonly outside: boolean } {
  if (entry.peer === "network") return { inside: true, outside: false };
  // The internet, and blocks that are only known at apply, may be on both sides.
  const cidr = entry.peer.cidr;
  if (cidr === undefined) return { inside: true, outside: true };
  return { inside: cidr.overlaps(network), outside: !network.contains(cidr) };
}

function withinSubnet(subnet: AclSubnet): AclLine {
  const block = subnet.cidr.toString();
  return line({ ...ANY_TRAFFIC, subnet: subnet.key, order: subnet.from, source: block, destination: block }, "itself");
}

function denyInside(network: Cidr): AclLine {
  const block = network.toString();
  return line(
    { ...ANY_TRAFFIC, order: INSIDE_DENY_ORDER, policy: "deny", source: block, destination: block },
    "end of inside",
  );
}

function insideLines(entry: AclEntry, subnet: AclSubnet, network: Cidr): readonly AclLine[] {
  if (entry.direction === "egress" || !reach(entry, network).inside) return [];
  const peer = insideOf(entry.peer, network);
  return rulePair(entry, subnet, peer, subnet.from + entry.number);
}

function outsideLines(entry: AclEntry, subnet: AclSubnet, network: Cidr): readonly AclLine[] {
  if (entry.peer === "network" || !reach(entry, network).outside) return [];
  return rulePair(entry, subnet, entry.peer.value, OUTSIDE_OFFSET + subnet.from + entry.number);
}

/** The part of a peer that is inside the network. Two blocks are either nested or disjoint. */
function insideOf(peer: Peer | "network", network: Cidr): string {
  if (peer === "network" || peer.isInternet) return network.toString();
  return peer.cidr?.contains(network) === true ? network.toString() : peer.value;
}

/** A rule and, if it allows traffic, the rule for the replies: from the destination port to the client's ephemeral ports. */
function rulePair(entry: AclEntry, subnet: AclSubnet, peer: string, order: number): readonly AclLine[] {
  const own = subnet.cidr.toString();
  const [source, destination] = entry.direction === "ingress" ? [peer, own] : [own, peer];
  const protocol = entry.port.protocol === "all" ? undefined : protocolOf(entry.port);
  const shared = { ...ANY_TRAFFIC, subnet: subnet.key, protocol, policy: entry.action };
  const label = `${entry.port.toString()} ${entry.direction === "ingress" ? "in" : "out"}`;
  const opening = line({ ...shared, order, source, destination, destinationPort: portRange(entry.port) }, label);
  if (entry.action === "deny") return [opening];
  return [
    opening,
    line(
      {
        ...shared,
        order: order + 1,
        source: destination,
        destination: source,
        sourcePort: portRange(entry.port),
        destinationPort: portRange(returnPort(entry.port)),
      },
      `answers of ${label}`,
    ),
  ];
}

const ANY_TRAFFIC = {
  subnet: undefined,
  policy: "allow",
  protocol: undefined,
  sourcePort: undefined,
  destinationPort: undefined,
} as const;

function line(parts: Omit<AclLine, "description">, label: string): AclLine {
  return { ...parts, description: parts.subnet === undefined ? label : `${parts.subnet}: ${label}` };
}

/** NHN Cloud does not support ICMPv6; `checkRules` rejects it earlier. */
function protocolOf(port: Port): AclLine["protocol"] {
  return port.protocol === "tcp" || port.protocol === "udp" ? port.protocol : "icmp";
}

/** The port range to send, or `undefined` for all ports, which NHN Cloud expresses by absent fields. Its lowest port is 1. */
function portRange(port: Port): Port | undefined {
  return port.from === -1 || (port.from <= 1 && port.to === 65_535) ? undefined : port;
}
