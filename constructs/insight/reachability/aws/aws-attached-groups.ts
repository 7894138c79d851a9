import type { SecurityGroup } from "../model/network/security-group";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { AwsGroups } from "./aws-groups";

/** Finds the security groups that are attached to a resource. */
export class AwsAttachedGroups {
  constructor(
    private readonly elements: Elements,
    private readonly groups: AwsGroups,
  ) {}

  /** Groups by their ids; without ids the default group of the VPC. */
  byIds(element: Element, texts: readonly string[], network?: Element): readonly SecurityGroup[] {
    if (texts.length > 0) return texts.map((text) => this.groups.resolve(element, text));
    return [this.groups.ofNetwork(network ?? this.elements.resolve(element, element.arguments.text("vpc_id")))];
  }

  /** The groups of the launch template; undefined without a template or without groups in it. */
  byTemplate(element: Element): readonly SecurityGroup[] | undefined {
    const reference = element.arguments.blocks("launch_template")[0];
    const text = reference?.text("id") ?? reference?.text("name");
    if (text === undefined) return undefined;
    const template = this.elements.resolve(element, text);
    if (template === undefined) return [this.groups.resolve(element, text)];
    const { arguments: block } = template;
    const texts = [
      ...block.list("vpc_security_group_ids"),
      ...block.blocks("network_interfaces").flatMap((networkInterface) => networkInterface.list("security_groups")),
    ];
    return texts.length === 0 ? undefined : texts.map((id) => this.groups.resolve(template, id));
  }

  /** The cluster security group that EKS creates for the cluster of nodes. */
  ofCluster(nodes: Element): SecurityGroup {
    const cluster = this.elements.resolve(nodes, nodes.arguments.text("cluster_name"));
    if (cluster?.type === "aws_eks_cluster") return this.groups.ofCluster(cluster);
    return this.external(`${nodes.path} (created by EKS)`);
  }

  /** A group outside of the tree, whose rules are unknown. */
  external(path: string): SecurityGroup {
    return { key: path, path, rules: [], complete: false };
  }
}
