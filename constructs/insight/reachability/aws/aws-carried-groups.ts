import type { SecurityGroup } from "../model/security-group";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { AwsGroups } from "./aws-groups";

/** Which security groups something carries. */
export class AwsCarriedGroups {
  constructor(
    private readonly elements: Elements,
    private readonly groups: AwsGroups,
  ) {}

  /** Groups by their ids; the default one of the VPC where there are none. */
  named(element: Element, texts: readonly string[], network?: Element): readonly SecurityGroup[] {
    if (texts.length > 0) return texts.map((text) => this.groups.named(element, text));
    return [this.groups.ofNetwork(network ?? this.elements.behind(element, element.arguments.text("vpc_id")))];
  }

  /** The groups that a launch template brings, if there is one and it brings any. */
  byTemplate(element: Element): readonly SecurityGroup[] | undefined {
    const named = element.arguments.blocks("launch_template")[0];
    const text = named?.text("id") ?? named?.text("name");
    if (text === undefined) return undefined;
    const template = this.elements.behind(element, text);
    if (template === undefined) return [this.groups.named(element, text)];
    const { arguments: block } = template;
    const texts = [
      ...block.list("vpc_security_group_ids"),
      ...block.blocks("network_interfaces").flatMap((one) => one.list("security_groups")),
    ];
    return texts.length === 0 ? undefined : texts.map((one) => this.groups.named(template, one));
  }

  /** The group that EKS makes for the cluster that nodes name. */
  ofCluster(nodes: Element): SecurityGroup {
    const cluster = this.elements.behind(nodes, nodes.arguments.text("cluster_name"));
    if (cluster?.type === "aws_eks_cluster") return this.groups.ofCluster(cluster);
    return this.elsewhere(`that EKS makes for the cluster of ${nodes.path}`);
  }

  /** A group of which nothing is known here. */
  elsewhere(path: string): SecurityGroup {
    return { key: path, path, rules: [], complete: false };
  }
}
