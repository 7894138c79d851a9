import { NetworkAcl as NetworkAclResource } from "@cdktf/provider-aws/lib/network-acl";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { AclEntry, NetworkAclRules } from "../../core/network-acl-rules";
import { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import type { Violation } from "../../core/violation";
import { Violations } from "../../core/violation";
import { NET005, NET006, NET007 } from "./rules";

/** AWS numbers of the protocols. */
const PROTOCOL_NUMBERS = { all: "-1", tcp: "6", udp: "17", icmp: "1", icmpv6: "58" } as const;

/** The IPv6 twin of a rule about all of IPv4 stands at its number plus this. Families never meet, so order is kept. */
const IPV6_OFFSET = 16_000;

export interface NetworkAclProps {
  readonly networkId: string;
  readonly subnetIds: readonly string[];
  readonly rules: NetworkAclRules;
  /** Blocks that `"network"` stands for. */
  readonly networkBlocks: readonly Peer[];
  /**
   * Whether rules about all of IPv4 get a twin for IPv6.
   * @default false
   */
  readonly ipv6?: boolean;
}

/** Defines a network ACL and puts it in front of subnets. Free of charge. Made by `Network`. */
export class NetworkAcl extends Construct {
  readonly networkAclId: string;

  constructor(scope: Construct, id: string, props: NetworkAclProps) {
    super(scope, id);
    const entries = expand(props);
    Violations.throwIfAny([...numberViolations(this, entries), ...pairViolations(this, props.rules)]);
    const resource = new NetworkAclResource(this, "Resource", {
      vpcId: props.networkId,
      subnetIds: [...props.subnetIds],
      ingress: entries.filter((entry) => entry.direction === "ingress").map(line),
      egress: entries.filter((entry) => entry.direction === "egress").map(line),
      tags: { Name: Name.of(this).toString() },
    });
    this.node.defaultChild = resource;
    this.networkAclId = resource.id;
  }
}

type ExpandedEntry = AclEntry & { readonly peer: Peer };

/** One line for each block of the network, one more for IPv6 where there is such. In the order AWS evaluates them. */
function expand(props: NetworkAclProps): ExpandedEntry[] {
  const own = props.rules.entries.flatMap((entry): ExpandedEntry[] =>
    entry.peer === "network"
      ? props.networkBlocks.map((peer, index) => ({ ...entry, peer, number: entry.number + index }))
      : [{ ...entry, peer: entry.peer }],
  );
  const twins = own
    .filter((entry) => props.ipv6 === true && entry.peer.value === "0.0.0.0/0")
    .map((entry) => ({
      ...entry,
      number: entry.number + IPV6_OFFSET,
      peer: Peer.anyIpv6(),
      port: entry.port.protocol === "icmp" ? Port.ALL_ICMPV6 : entry.port,
    }));
  return [...own, ...twins].sort((one, other) => one.number - other.number);
}

function numberViolations(at: Construct, entries: readonly ExpandedEntry[]): Violation[] {
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const numbers = entries.filter((entry) => entry.direction === direction).map((entry) => entry.number);
    const wrong = numbers.filter(
      (number, index) =>
        !Number.isInteger(number) || number < 1 || number >= 2 * IPV6_OFFSET || numbers.indexOf(number) !== index,
    );
    const clashes = wrong.map((number) =>
      NET005.violation({
        at,
        given: `${direction} rule number ${number} is out of range or used twice (a pair uses its number in both directions)`,
        fix: `use a free number from 1 to ${IPV6_OFFSET - 1}`,
      }),
    );
    return numbers.length > 40
      ? [...clashes, NET007.violation({ at, given: `${numbers.length} ${direction} rules`, fix: "merge rules" })]
      : clashes;
  });
}

function pairViolations(at: Construct, rules: NetworkAclRules): Violation[] {
  return rules.swallowedAnswers.map(({ deny, answer }) =>
    NET006.violation({
      at,
      given: `rule ${deny.number} denies ${deny.port.toString()} ${deny.direction}, which answers of rule ${answer.number} (${answer.port.toString()}) need`,
      fix: `number the deny above ${answer.number}, or deny all traffic of that peer`,
    }),
  );
}

function line(entry: ExpandedEntry): {
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
  const ported = entry.port.from !== -1;
  const icmp = entry.port.protocol === "icmp" || entry.port.protocol === "icmpv6";
  return {
    ruleNo: entry.number,
    action: entry.action,
    protocol: PROTOCOL_NUMBERS[entry.port.protocol],
    ...(entry.peer.kind === "ipv6" ? { ipv6CidrBlock: entry.peer.value } : { cidrBlock: entry.peer.value }),
    fromPort: ported ? entry.port.from : 0,
    toPort: ported ? entry.port.to : 0,
    // Terraform compares what AWS reads back, which is 0 where the protocol has no types.
    icmpType: icmp ? -1 : 0,
    icmpCode: icmp ? -1 : 0,
  };
}
