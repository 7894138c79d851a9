import { Port } from "../../../core/port";
import type { Unknown } from "../model/certainty";
import type { AclRule, NetworkAcl } from "../model/network/network-acl";
import { blockOf } from "../reader/addresses";
import type { Block } from "../reader/block";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import { trafficOf } from "../reader/traffic";

const NAMES = { protocol: "protocol", from: "from_port", to: "to_port", icmpType: "icmp_type" };

/** The name of the default rule at AWS. */
const DEFAULT_RULE = "*";

/** Reads network ACLs and their associations with subnets. */
export class AwsAcls {
  private readonly acls: ReadonlyMap<Element, NetworkAcl>;

  constructor(private readonly elements: Elements) {
    this.acls = new Map(
      elements.resources("aws_network_acl", "aws_default_network_acl").map((element) => [element, this.read(element)]),
    );
  }

  /** The ACL of a subnet: the associated one, or the default ACL of its VPC, which allows all traffic unless the tree changes it. */
  of(subnet: Element, network: Element | undefined): NetworkAcl | Unknown {
    const associated = this.elements.referringTo(subnet, "subnet_id", "aws_network_acl_association")[0];
    const own =
      [...this.acls.keys()].find((acl) =>
        acl.arguments.list("subnet_ids").some((text) => this.elements.resolve(acl, text) === subnet),
      ) ??
      (associated && this.elements.resolve(associated, associated.arguments.text("network_acl_id")));
    const acl = own ?? this.defaultOf(network);
    const read = acl === undefined ? undefined : this.acls.get(acl);
    if (read !== undefined) return read;
    if (network === undefined || associated !== undefined)
      return { unknown: `the network ACL of ${subnet.path}, which is outside of this tree` };
    return defaultAcl(network);
  }

  private defaultOf(network: Element | undefined): Element | undefined {
    return [...this.acls.keys()].find(
      (acl) =>
        acl.type === "aws_default_network_acl" &&
        this.elements.resolve(acl, acl.arguments.text("default_network_acl_id")) === network,
    );
  }

  private read(element: Element): NetworkAcl {
    const rules = this.elements.referringTo(element, "network_acl_id", "aws_network_acl_rule");
    const separate = (egress: boolean) =>
      rules
        .filter((rule) => (rule.arguments.flag("egress") ?? false) === egress)
        .flatMap((rule) => this.rule(rule, rule.arguments, egress, { number: "rule_number", action: "rule_action" }));
    const inline = (name: string, isOutbound: boolean) =>
      element.arguments
        .blocks(name)
        .flatMap((block) => this.rule(element, block, isOutbound, { number: "rule_no", action: "action" }));
    return {
      path: element.path,
      inbound: [...inline("ingress", false), ...separate(false)],
      outbound: [...inline("egress", true), ...separate(true)],
      defaultRule: DEFAULT_RULE,
      scope: "subnet",
      complete: true,
    };
  }

  private rule(
    from: Element,
    block: Block,
    isOutbound: boolean,
    names: { readonly number: string; readonly action: string },
  ): readonly AclRule[] {
    const traffic = trafficOf(block, NAMES);
    // A rule without an IPv4 block is an IPv6 rule.
    if (traffic === undefined || block.text("cidr_block") === undefined) return [];
    const peer = blockOf(this.elements, from, block.text("cidr_block"));
    const number = Number(block.text(names.number));
    const action = block.text(names.action)?.toLowerCase() === "allow" ? "allow" : "deny";
    return [{ number, action, traffic, ...(isOutbound ? { destination: peer } : { source: peer }) }];
  }
}

function defaultAcl(network: Element): NetworkAcl {
  const allowAll: AclRule = { number: 100, action: "allow", traffic: Port.ALL };
  return {
    path: `${network.path} (default)`,
    inbound: [allowAll],
    outbound: [allowAll],
    defaultRule: DEFAULT_RULE,
    scope: "subnet",
    complete: true,
  };
}
