import { NetworkAcl as NetworkAclResource } from "@cdktf/provider-aws/lib/network-acl";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import type { AclEntry, NetworkAclRules } from "../../../core/network-acl-rules";
import { Peer } from "../../../core/peer";
import { Port } from "../../../core/port";
import { type Violation, Violations } from "../../../core/violation";
import { NETWORK_ACL_RULES } from "../../limits";
import { NET005, NET006, NET007, NET017 } from "../rules";

/** AWS numbers of the protocols. */
const PROTOCOL_NUMBERS = { all: "-1", tcp: "6", udp: "17", icmp: "1", icmpv6: "58" } as const;

/** Offset of the number of an IPv6 rule that mirrors an IPv4 rule. A packet has one address family, so the order is preserved. */
const IPV6_OFFSET = 16_000;

export interface NetworkAclProps {
  readonly networkId: string;
  readonly subnetIds: readonly string[];
  readonly rules: NetworkAclRules;
  /** Blocks that the peer `"network"` means. */
  readonly networkBlocks: readonly Peer[];
  /**
   * Whether rules about all IPv4 addresses also apply to IPv6.
   * @default false
   */
  readonly ipv6?: boolean;
}

/** Defines a network ACL and associates it with subnets. Free of charge. Created by `Network`. */
export class NetworkAcl extends Construct {
  readonly networkAclId: string;

  constructor(scope: Construct, id: string, props: NetworkAclProps) {
    super(scope, id);
    const entries = expand(props);
    Violations.throwIfAny([
      ...peerViolations(this, entries),
      ...numberViolations(this, entries),
      ...pairViolations(this, props.rules),
    ]);
    const resource = new NetworkAclResource(this, "Resource", {
      vpcId: props.networkId,
      subnetIds: [...props.subnetIds],
      ingress: entries.filter((entry) => entry.direction === "ingress").map(toRule),
      egress: entries.filter((entry) => entry.direction === "egress").map(toRule),
      tags: { Name: Name.of(this).tag() },
    });
    this.node.defaultChild = resource;
    this.networkAclId = resource.id;
  }
}

type ExpandedEntry = AclEntry & { readonly peer: Peer };

/** One rule per block of the network, plus the IPv6 rules, in the order in which AWS evaluates them. */
function expand(props: NetworkAclProps): ExpandedEntry[] {
  const own = props.rules.entries.flatMap((entry): ExpandedEntry[] =>
    entry.peer === "network"
      ? props.networkBlocks.map((peer, index) => ({ ...entry, peer, number: entry.number + index }))
      : [{ ...entry, peer: entry.peer }],
  );
  const mirrored = own
    .filter((entry) => props.ipv6 === true && entry.peer.value === "0.0.0.0/0")
    .map((entry) => ({
      ...entry,
      number: entry.number + IPV6_OFFSET,
      peer: Peer.anyIpv6(),
      port: entry.port.protocol === "icmp" ? Port.ALL_ICMPV6 : entry.port,
    }));
  return [...own, ...mirrored].sort((left, right) => left.number - right.number);
}

/** Network ACLs of AWS know blocks only. */
function peerViolations(at: Construct, entries: readonly ExpandedEntry[]): Violation[] {
  return entries
    .filter(({ peer, isReturn }) => !isReturn && peer.kind !== "ipv4" && peer.kind !== "ipv6")
    .map(({ number, peer }) =>
      NET017.violation({
        at,
        given: `rule ${number} for ${peer.kind === "group" ? "security group" : "prefix list"} "${peer.value}"`,
        fix: "use blocks: Peer.ipv4() or Peer.ipv6(), or a security group rule",
      }),
    );
}

function numberViolations(at: Construct, entries: readonly ExpandedEntry[]): Violation[] {
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const numbers = entries.filter((entry) => entry.direction === direction).map((entry) => entry.number);
    const invalid = numbers.filter(
      (number, index) =>
        !Number.isInteger(number) || number < 1 || number >= 2 * IPV6_OFFSET || numbers.indexOf(number) !== index,
    );
    const violations = invalid.map((number) =>
      NET005.violation({
        at,
        given: `${direction} rule number ${number} is out of range or used twice (a pair uses its number in both directions)`,
        fix: `use a free number from 1 to ${IPV6_OFFSET - 1}`,
      }),
    );
    return numbers.length > NETWORK_ACL_RULES
      ? [...violations, NET007.violation({ at, given: `${numbers.length} ${direction} rules`, fix: "merge rules" })]
      : violations;
  });
}

function pairViolations(at: Construct, rules: NetworkAclRules): Violation[] {
  return rules.blockedReturns.map(({ deny, reply }) =>
    NET006.violation({
      at,
      given: `rule ${deny.number} denies ${deny.port.toString()} ${deny.direction}, which includes return traffic of rule ${reply.number} (${reply.port.toString()})`,
      fix: `use a number above ${reply.number} for the deny, or deny all protocols`,
    }),
  );
}

function toRule(entry: ExpandedEntry): {
  ruleNo: number;
  action: string;
  protocol: string;
  cidrBlock?: string;
  ipv6CidrBlock?: string;
  fromPort: number;
  toPort: number;
  icmpType: number;
  icmpCode: number;
} {
  const hasPorts = entry.port.from !== -1;
  const icmp = entry.port.protocol === "icmp" || entry.port.protocol === "icmpv6";
  return {
    ruleNo: entry.number,
    action: entry.action,
    protocol: PROTOCOL_NUMBERS[entry.port.protocol],
    ...(entry.peer.kind === "ipv6" ? { ipv6CidrBlock: entry.peer.value } : { cidrBlock: entry.peer.value }),
    fromPort: hasPorts ? entry.port.from : 0,
    toPort: hasPorts ? entry.port.to : 0,
    // AWS returns 0 for protocols without ICMP types; another value would be a permanent difference in the plan.
    icmpType: icmp ? -1 : 0,
    icmpCode: icmp ? -1 : 0,
  };
}
