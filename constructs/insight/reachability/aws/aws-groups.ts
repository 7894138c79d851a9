import { Port } from "../../../core/port";
import type { GroupPeer, GroupRule, SecurityGroup } from "../model/network/security-group";
import { blockOf, EVERYWHERE } from "../reader/addresses";
import type { Block } from "../reader/block";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { GroupInNetwork } from "../reader/network-model";
import { trafficOf } from "../reader/traffic";

const NAMES = { protocol: "protocol", from: "from_port", to: "to_port" };
const RULES = {
  aws_vpc_security_group_ingress_rule: "in",
  aws_vpc_security_group_egress_rule: "out",
} as const;

/** Reads security groups: inline rules, separate rules in both styles of the AWS provider, and the groups that EKS creates. */
export class AwsGroups {
  /** All groups of the tree. */
  readonly byElement: ReadonlyMap<Element, GroupInNetwork>;
  private readonly rules = new Map<string, GroupRule[]>();

  constructor(private readonly elements: Elements) {
    for (const [type, direction] of Object.entries(RULES))
      for (const rule of elements.resources(type)) this.add(rule, this.ruleOf(rule, direction));
    for (const rule of elements.resources("aws_security_group_rule"))
      for (const read of this.inlineRules(
        rule,
        rule.arguments,
        rule.arguments.text("type") === "egress" ? "out" : "in",
      ))
        this.add(rule, [read]);
    this.byElement = new Map(
      elements
        .resources("aws_security_group", "aws_default_security_group")
        .map((element) => [
          element,
          { group: this.groupOf(element), network: elements.resolve(element, element.arguments.text("vpc_id"))?.key },
        ]),
    );
  }

  /** The group that an argument refers to: of the tree, of an EKS cluster, or outside of the tree. */
  resolve(from: Element, text: string): SecurityGroup {
    const element = this.elements.resolve(from, text);
    const known = element === undefined ? undefined : this.byElement.get(element);
    if (known !== undefined) return known.group;
    if (element?.type === "aws_eks_cluster") return this.ofCluster(element);
    return {
      key: this.keyOf(from, text),
      path: text,
      rules: this.rules.get(this.keyOf(from, text)) ?? [],
      complete: false,
    };
  }

  /** The cluster security group of EKS: its members can connect to each other and to all addresses. */
  ofCluster(cluster: Element): SecurityGroup {
    const key = clusterKey(cluster);
    const own: readonly GroupRule[] = [
      { direction: "in", traffic: Port.ALL, peer: { group: key }, name: "members" },
      ...ALL_OUTBOUND,
    ];
    return {
      key,
      path: `${cluster.path} (created by EKS)`,
      rules: [...own, ...(this.rules.get(key) ?? [])],
      complete: true,
    };
  }

  /** The default group of a VPC, for machines without groups. */
  ofNetwork(network: Element | undefined): SecurityGroup {
    const managed = [...this.byElement].find(
      ([element, entry]) => element.type === "aws_default_security_group" && entry.network === network?.key,
    );
    if (managed !== undefined) return managed[1].group;
    const key = `${network?.key ?? "external"} default group`;
    const rules: readonly GroupRule[] = [
      { direction: "in", traffic: Port.ALL, peer: { group: key }, name: "members" },
      ...ALL_OUTBOUND,
    ];
    return {
      key,
      path: `${network?.path ?? "network outside of this tree"} (default)`,
      rules,
      complete: network !== undefined,
    };
  }

  private groupOf(element: Element): SecurityGroup {
    const inline = (["ingress", "egress"] as const).flatMap((name) =>
      element.arguments
        .blocks(name)
        .flatMap((block) => this.inlineRules(element, block, name === "ingress" ? "in" : "out")),
    );
    const { key, path } = element;
    return { key, path, rules: [...inline, ...(this.rules.get(key) ?? [])], complete: true };
  }

  private add(rule: Element, read: readonly GroupRule[]): void {
    const key = this.keyOf(rule, rule.arguments.text("security_group_id") ?? "");
    this.rules.set(key, [...(this.rules.get(key) ?? []), ...read]);
  }

  private ruleOf(rule: Element, direction: "in" | "out"): readonly GroupRule[] {
    const { arguments: block } = rule;
    const traffic = trafficOf(block, { ...NAMES, protocol: "ip_protocol" });
    const [group, list] = [block.text("referenced_security_group_id"), block.text("prefix_list_id")];
    const name = block.text("description") ?? rule.path;
    const to = (peer: GroupPeer) => (traffic === undefined ? [] : [{ direction, traffic, peer, name }]);
    if (group !== undefined) return to({ group: this.keyOf(rule, group) });
    if (list !== undefined) return to({ list: this.elements.keyOf(rule, list) });
    // A rule without an IPv4 block is an IPv6 rule.
    return block.text("cidr_ipv4") === undefined ? [] : to(blockOf(this.elements, rule, block.text("cidr_ipv4")));
  }

  /** Rules in the older style, with several peers in one rule. */
  private inlineRules(from: Element, block: Block, direction: "in" | "out"): readonly GroupRule[] {
    const traffic = trafficOf(block, NAMES);
    if (traffic === undefined) return [];
    const name = block.text("description") ?? `${direction === "in" ? "ingress" : "egress"} of ${from.path}`;
    const groups = [...block.list("security_groups"), ...block.list("source_security_group_id")];
    const own =
      from.type === "aws_security_group_rule" ? this.keyOf(from, block.text("security_group_id") ?? "") : from.key;
    const peers: readonly GroupPeer[] = [
      ...block.list("cidr_blocks").map((text) => blockOf(this.elements, from, text)),
      ...block.list("prefix_list_ids").map((text) => ({ list: this.elements.keyOf(from, text) })),
      ...groups.map((text) => ({ group: this.keyOf(from, text) })),
      ...(block.flag("self") === true ? [{ group: own }] : []),
    ];
    return peers.map((peer) => ({ direction, traffic, peer, name }));
  }

  private keyOf(from: Element, text: string): string {
    const element = this.elements.resolve(from, text);
    if (element?.type === "aws_eks_cluster") return clusterKey(element);
    return element?.key ?? text;
  }
}

const ALL_OUTBOUND: readonly GroupRule[] = [
  { direction: "out", traffic: Port.ALL, peer: EVERYWHERE, name: "all outbound traffic" },
];

function clusterKey(cluster: Element): string {
  return `${cluster.key} cluster group`;
}
