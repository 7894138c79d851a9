import { Construct } from "constructs";
import { Peer } from "../../core/peer";
import { type ISecurityGroup, SecurityGroup } from "../../openstack/security/security-group";
import type { ClusterPlan } from "../plan/cluster-plan";
import type { KPaasRole } from "../plan/node";
import { KPS024 } from "../rules";
import { groupsOf, type KPaasGroup, type KPaasRule, kpaasPorts, opensAnything } from "./kpaas-ports";

/** Properties of {@link ClusterFirewall}. */
export interface ClusterFirewallProps {
  /** The cluster of the machines. */
  readonly plan: ClusterPlan;
  /** Source of administrators: the group of a bastion, or blocks. */
  readonly administrators: readonly (Peer | ISecurityGroup)[];
  /**
   * Clients of the cluster's services: HTTP, HTTPS and node ports.
   * @default - no clients outside of the cluster
   */
  readonly clients?: readonly Peer[];
}

/**
 * Defines the security groups of the machines of a cluster: one for all nodes, an additional one for the control plane, and one for
 * each other role.
 *
 * Creates the groups, including those of etcd machines and of the NFS server where the plan has them, and a described rule for each
 * entry of `kpaasPorts`. No other traffic is allowed in. Nodes may connect to anything, other machines only to what they need. Free
 * of charge. The cluster of the lab has 33 rules; the default quota of an OpenStack project is 100.
 *
 * Errors: KPS024, OST006, OST008.
 *
 * @example
 * const firewall = new ClusterFirewall(this, "Firewall", { plan, administrators: [bastion], clients: [Peer.anyIpv4()] });
 * firewall.groupsOf("worker"); // for each worker
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

  /** Security groups of the machines with a role. */
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
        fix: `use a group of the plan: ${[...this.groups.keys()].join(", ")}`,
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
        return hostPeer(controlPlane.balancer?.address);
      case "subnet":
        return [Peer.ipv4(subnet.cidr)];
      case "internet":
        return [Peer.anyIpv4()];
      default:
        return [this.group(peer)];
    }
  }
}

/** The /32 block of an address. */
function hostPeer(address: string | undefined): readonly Peer[] {
  return address === undefined ? [] : [Peer.ipv4(`${address}/32`)];
}
