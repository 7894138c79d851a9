import { Port } from "../../../core/port";
import type { Unknown } from "../model/certainty";
import type { AclRule, NetworkAcl } from "../model/network-acl";
import { blockOf } from "../reader/addresses";
import type { Block } from "../reader/block";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import { trafficOf } from "../reader/traffic";

const NAMES = { protocol: "protocol", from: "from_port", to: "to_port", icmpType: "icmp_type" };

/** What AWS calls the rule behind all others. */
const LAST = "*";

/** Reads network ACLs and in front of which subnets they stand. */
export class AwsAcls {
  private readonly acls: ReadonlyMap<Element, NetworkAcl>;

  constructor(private readonly elements: Elements) {
    this.acls = new Map(
      elements.resources("aws_network_acl", "aws_default_network_acl").map((element) => [element, this.read(element)]),
    );
  }

  /** The ACL in front of a subnet: its own, or the default of its VPC, which lets everything through unless the tree changes it. */
  of(subnet: Element, network: Element | undefined): NetworkAcl | Unknown {
    const associated = this.elements.referringTo(subnet, "subnet_id", "aws_network_acl_association")[0];
    const own =
      [...this.acls.keys()].find((acl) =>
        acl.arguments.list("subnet_ids").some((text) => this.elements.behind(acl, text) === subnet),
      ) ??
      (associated && this.elements.behind(associated, associated.arguments.text("network_acl_id")));
    const acl = own ?? this.defaultOf(network);
    const read = acl === undefined ? undefined : this.acls.get(acl);
    if (read !== undefined) return read;
    if (network === undefined || associated !== undefined)
      return { unknown: `which network ACL stands in front of ${subnet.path}: it is no part of this tree` };
    return open(network);
  }

  private defaultOf(network: Element | undefined): Element | undefined {
    return [...this.acls.keys()].find(
      (acl) =>
        acl.type === "aws_default_network_acl" &&
        this.elements.behind(acl, acl.arguments.text("default_network_acl_id")) === network,
    );
  }

  private read(element: Element): NetworkAcl {
    const rules = this.elements.referringTo(element, "network_acl_id", "aws_network_acl_rule");
    const separate = (egress: boolean) =>
      rules
        .filter((rule) => (rule.arguments.flag("egress") ?? false) === egress)
        .flatMap((rule) => this.rule(rule, rule.arguments, egress, { number: "rule_number", action: "rule_action" }));
    const inline = (name: string, outward: boolean) =>
      element.arguments
        .blocks(name)
        .flatMap((block) => this.rule(element, block, outward, { number: "rule_no", action: "action" }));
    return {
      path: element.path,
      inbound: [...inline("ingress", false), ...separate(false)],
      outbound: [...inline("egress", true), ...separate(true)],
      last: LAST,
      border: "subnet",
      complete: true,
    };
  }

  private rule(
    from: Element,
    block: Block,
    outward: boolean,
    names: { readonly number: string; readonly action: string },
  ): readonly AclRule[] {
    const traffic = trafficOf(block, NAMES);
    // A rule without an IPv4 block is about IPv6.
    if (traffic === undefined || block.text("cidr_block") === undefined) return [];
    const peer = blockOf(this.elements, from, block.text("cidr_block"));
    const number = Number(block.text(names.number));
    const action = block.text(names.action)?.toLowerCase() === "allow" ? "allow" : "deny";
    return [{ number, action, traffic, ...(outward ? { destination: peer } : { source: peer }) }];
  }
}

function open(network: Element): NetworkAcl {
  const everything: AclRule = { number: 100, action: "allow", traffic: Port.ALL };
  return {
    path: `default of ${network.path}`,
    inbound: [everything],
    outbound: [everything],
    last: LAST,
    border: "subnet",
    complete: true,
  };
}
