import type { Machine } from "../model/network/endpoint";
import type { Element } from "../reader/element";
import type { AwsAttachedGroups } from "./aws-attached-groups";
import type { AwsInterfaces } from "./aws-interfaces";

/** Reads groups of machines: EKS node groups and Auto Scaling groups. */
export class AwsFleets {
  constructor(
    private readonly attachedGroups: AwsAttachedGroups,
    private readonly interfaces: AwsInterfaces,
  ) {}

  /** Nodes of EKS have the security groups of their launch template, or else the cluster security group. */
  nodes(element: Element): readonly Machine[] {
    const groups = this.attachedGroups.byTemplate(element) ?? [this.attachedGroups.ofCluster(element)];
    return this.interfaces.inSubnets(element, element.arguments.list("subnet_ids"), groups);
  }

  /** Machines of an Auto Scaling group have the security groups of their launch template. */
  scaled(element: Element): readonly Machine[] {
    const groups = this.attachedGroups.byTemplate(element) ?? [this.attachedGroups.external(`of ${element.path}`)];
    return this.interfaces.inSubnets(element, element.arguments.list("vpc_zone_identifier"), groups);
  }
}
