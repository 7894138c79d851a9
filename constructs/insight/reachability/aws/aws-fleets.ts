import type { Machine } from "../model/place";
import type { Element } from "../reader/element";
import type { AwsCarriedGroups } from "./aws-carried-groups";
import type { AwsInterfaces } from "./aws-interfaces";

/** Reads machines that come and go: nodes of a cluster, and those of an Auto Scaling group. */
export class AwsFleets {
  constructor(
    private readonly carried: AwsCarriedGroups,
    private readonly interfaces: AwsInterfaces,
  ) {}

  /** Nodes of EKS carry the groups of their launch template, or else the one that EKS makes for the cluster. */
  nodes(element: Element): readonly Machine[] {
    const groups = this.carried.byTemplate(element) ?? [this.carried.ofCluster(element)];
    return this.interfaces.spread(element, element.arguments.list("subnet_ids"), groups);
  }

  /** Machines of an Auto Scaling group carry the groups of their launch template. */
  scaled(element: Element): readonly Machine[] {
    const groups = this.carried.byTemplate(element) ?? [this.carried.elsewhere(`that ${element.path} starts with`)];
    return this.interfaces.spread(element, element.arguments.list("vpc_zone_identifier"), groups);
  }
}
