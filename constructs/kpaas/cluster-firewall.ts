import { Construct } from "constructs";
import { Peer } from "../core/peer";
import { SecurityGroup } from "../openstack/network/security-group";
import type { ISecurityGroup } from "../openstack/network/security-group";
import type { ClusterPlan } from "./cluster-plan";
import type { KPaasGroup, KPaasRule } from "./kpaas-ports";
import { groupsOf, kpaasPorts, opensAnything } from "./kpaas-ports";
import type { KPaasRole } from "./node";
import { KPS024 } from "./rules";

export interface ClusterFirewallProps {
  /** The cluster whose machines are to reach each other. */
  readonly plan: ClusterPlan;
  /** Blocks or groups that administrators come from: the bastion's group, or named blocks. */
  readonly administrators: readonly (Peer | ISecurityGroup)[];
  /**
   * Who uses what runs in the cluster, by HTTP, HTTPS and node ports.
   * @default - nobody from outside of the cluster
   */
  readonly clients?: readonly Peer[];
}

/**
 * Defines the security groups of a cluster's machines: one for all nodes, one more for those of the control plane, and one for
 * each further thing that machines are there for.
 *
 * Creates those groups, for etcd machines and the NFS server where there are such; and for each way of `kpaasPorts` a rule with
 * a description. Nothing else comes in; nodes open what they like, other machines what they need. Free of charge. A cluster of
 * the lab's takes 33 rules: a project of OpenStack's has 100 unless somebody has raised it.
 *
 * Errors: KPS024, OST006, OST008.
 *
 * @example
 * const firewall = new ClusterFirewall(this, "Firewall", { plan, administrators: [bastion], clients: [Peer.anyIpv4()] });
 * firewall.groupsOf("worker"); // of each worker
 */
export class ClusterFirewall extends Construct {
  private readonly groups: ReadonlyMap<KPaasGroup, SecurityGroup>;

  constructor(scope: Construct, id: string, props: ClusterFirewallProps) {
    super(scope, id);
    const groups = new Set(props.plan.machines.flatMap(({ role }) => groupsOf(role)));
    this.groups = new Map(
      [...groups].map((group) => [
        group,
        new SecurityGroup(this, group, { description: `K-PaaS: ${group}`, allowAllOutbound: opensAnything(group) }),
      ]),
    );
    this.node.defaultChild = this.groups.get("node");
    for (const rule of kpaasPorts(props.plan)) this.open(rule, props);
  }

  /** Groups of the machines that are there for something. */
  groupsOf(role: KPaasRole): readonly [ISecurityGroup, ...ISecurityGroup[]] {
    const [first, ...others] = groupsOf(role);
    return [this.group(first), ...others.map((group) => this.group(group))];
  }

  private group(name: KPaasGroup): ISecurityGroup {
    const group = this.groups.get(name);
    if (group === undefined)
      throw KPS024.violation({
        at: this,
        given: `machines for ${name}`,
        fix: `the plan has ${[...this.groups.keys()].join(", ")}`,
      });
    return group;
  }

  private open({ group, direction, peer, port, description }: KPaasRule, props: ClusterFirewallProps): void {
    const { connections } = this.group(group);
    for (const other of this.peersOf(peer, props))
      if (direction === "from") connections.allowFrom(other, port, description);
      else connections.allowTo(other, port, description);
  }

  private peersOf(
    peer: KPaasRule["peer"],
    { plan: { controlPlane, subnet }, administrators, clients = [] }: ClusterFirewallProps,
  ): readonly (Peer | ISecurityGroup)[] {
    switch (peer) {
      case "administrators":
        return administrators;
      case "clients":
        return clients;
      case "API balancer":
        return host(controlPlane.balancer?.address);
      case "subnet":
        return [Peer.ipv4(subnet.cidr)];
      case "internet":
        return [Peer.anyIpv4()];
      default:
        return [this.group(peer)];
    }
  }
}

/** An address as a block of one. */
function host(address: string | undefined): readonly Peer[] {
  return address === undefined ? [] : [Peer.ipv4(`${address}/32`)];
}
