import type { Cidr } from "../core/cidr";
import type { AclEntry, NetworkAclRules } from "../core/network-acl-rules";
import { answerPort } from "../core/network-acl-rules";
import type { Peer } from "../core/peer";
import type { Port } from "../core/port";

/** Rules of traffic from and to outside of the VPC stand at their number plus this, so a reader finds them again. */
export const OUTSIDE = 16_000;

/** The rule that ends traffic inside the VPC. Before it stand the rules of what is let through, after it those of outside. */
export const INSIDE_ENDS = 16_101;

/** A subnet's rules and the place of their numbers among those of the whole ACL. */
export interface AclSubnet {
  /** Key of the subnet, a noun. */
  readonly key: string;
  readonly cidr: Cidr;
  readonly rules: NetworkAclRules;
  /** Is added to the number of each rule, so that subnets with the same rules do not clash. */
  readonly from: number;
}

/** One rule of an ACL as NHN Cloud takes it. Ports that are not named are all ports. */
export interface AclLine {
  /** Key of the subnet that asked for it; nothing where the whole VPC is meant. */
  readonly subnet: string | undefined;
  readonly order: number;
  readonly policy: "allow" | "deny";
  readonly protocol: "tcp" | "udp" | "icmp" | undefined;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: Port | undefined;
  readonly destinationPort: Port | undefined;
  readonly description: string;
}

/**
 * Makes one list of rules out of those of several subnets, since NHN Cloud has one ACL for a whole VPC.
 *
 * Rules of one subnet must not open what another shuts: "anything out" of the public subnet would otherwise also be
 * "anything into the private one", which is the same packet. So the list has two parts. Traffic inside the VPC comes
 * first and is decided by the rules of the subnet that it arrives at; then everything else inside is denied; then comes
 * traffic from and to outside. Machines of one subnet reach each other, as they do where ACLs stand at a subnet's edge.
 *
 * @example planAcl(Cidr.parse("172.31.0.0/16"), [{ key: "private", cidr, rules: NetworkAclRules.outbound(), from: 2000 }])
 */
export function planAcl(network: Cidr, subnets: readonly AclSubnet[]): readonly AclLine[] {
  const lines = subnets.flatMap((subnet) => [
    within(subnet),
    ...subnet.rules.entries
      .filter((entry) => !entry.answers)
      .flatMap((entry) => [...insideLines(entry, subnet, network), ...outsideLines(entry, subnet, network)]),
  ]);
  return [...lines, endOfInside(network)].sort((one, other) => one.order - other.order);
}

/** Whether a rule is about the VPC's own addresses, about others, or about both. */
export function reach(entry: AclEntry, network: Cidr): { readonly inside: boolean; readonly outside: boolean } {
  if (entry.peer === "network") return { inside: true, outside: false };
  // The whole internet, and blocks that only Terraform will know, may be on both sides.
  const cidr = entry.peer.cidr;
  if (cidr === undefined) return { inside: true, outside: true };
  return { inside: cidr.overlaps(network), outside: !network.contains(cidr) };
}

function within(subnet: AclSubnet): AclLine {
  const block = subnet.cidr.toString();
  return line({ ...EVERYTHING, subnet: subnet.key, order: subnet.from, source: block, destination: block }, "itself");
}

function endOfInside(network: Cidr): AclLine {
  const block = network.toString();
  return line(
    { ...EVERYTHING, order: INSIDE_ENDS, policy: "deny", source: block, destination: block },
    "end of inside",
  );
}

function insideLines(entry: AclEntry, subnet: AclSubnet, network: Cidr): readonly AclLine[] {
  if (entry.direction === "egress" || !reach(entry, network).inside) return [];
  const peer = insideOf(entry.peer, network);
  return pair(entry, subnet, peer, subnet.from + entry.number);
}

function outsideLines(entry: AclEntry, subnet: AclSubnet, network: Cidr): readonly AclLine[] {
  if (entry.peer === "network" || !reach(entry, network).outside) return [];
  return pair(entry, subnet, entry.peer.value, OUTSIDE + subnet.from + entry.number);
}

/** The part of a peer that lies inside of the network; blocks either nest or lie apart. */
function insideOf(peer: Peer | "network", network: Cidr): string {
  if (peer === "network" || peer.isInternet) return network.toString();
  return peer.cidr?.contains(network) === true ? network.toString() : peer.value;
}

/** A rule and, where it allows, the way back: from the ports that were called, to those that callers use. */
function pair(entry: AclEntry, subnet: AclSubnet, peer: string, order: number): readonly AclLine[] {
  const own = subnet.cidr.toString();
  const [source, destination] = entry.direction === "ingress" ? [peer, own] : [own, peer];
  const protocol = entry.port.protocol === "all" ? undefined : protocolOf(entry.port);
  const shared = { ...EVERYTHING, subnet: subnet.key, protocol, policy: entry.action };
  const words = `${entry.port.toString()} ${entry.direction === "ingress" ? "in" : "out"}`;
  const opening = line({ ...shared, order, source, destination, destinationPort: named(entry.port) }, words);
  if (entry.action === "deny") return [opening];
  return [
    opening,
    line(
      {
        ...shared,
        order: order + 1,
        source: destination,
        destination: source,
        sourcePort: named(entry.port),
        destinationPort: named(answerPort(entry.port)),
      },
      `answers of ${words}`,
    ),
  ];
}

const EVERYTHING = {
  subnet: undefined,
  policy: "allow",
  protocol: undefined,
  sourcePort: undefined,
  destinationPort: undefined,
} as const;

function line(parts: Omit<AclLine, "description">, words: string): AclLine {
  return { ...parts, description: parts.subnet === undefined ? words : `${parts.subnet}: ${words}` };
}

/** NHN Cloud has no number for ICMPv6; the checks refuse it before. */
function protocolOf(port: Port): AclLine["protocol"] {
  return port.protocol === "tcp" || port.protocol === "udp" ? port.protocol : "icmp";
}

/** Ports that have to be named: NHN Cloud counts them from 1, and all of them is said by naming none. */
function named(port: Port): Port | undefined {
  return port.from === -1 || (port.from <= 1 && port.to === 65_535) ? undefined : port;
}
