import { Construct } from "constructs";
import { Peer } from "../core/peer";
import { SecurityGroup } from "../openstack/network/security-group";
import type { ISecurityGroup } from "../openstack/network/security-group";
import type { ClusterPlan } from "./cluster-plan";
import type { KPaasRule } from "./kpaas-ports";
import { kpaasPorts } from "./kpaas-ports";
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
 * Defines the security groups of a cluster's machines: one for each thing that machines are there for.
 *
 * Creates a group for the control plane, one for workers, and those for etcd machines and the NFS server where there are such;
 * and for each way of `kpaasPorts` a rule with a description. Nothing else is open, in either direction. Free of charge.
 *
 * Errors: KPS024, OST006, OST008.
 *
 * @example
 * const firewall = new ClusterFirewall(this, "Firewall", { plan, administrators: [bastion], clients: [Peer.anyIpv4()] });
 * firewall.groupOf("worker"); // of each worker
 */
export class ClusterFirewall extends Construct {
  private readonly groups: ReadonlyMap<KPaasRole, SecurityGroup>;

  constructor(scope: Construct, id: string, props: ClusterFirewallProps) {
    super(scope, id);
    const roles = [...new Set(props.plan.machines.map(({ role }) => role))];
    this.groups = new Map(
      roles.map((role) => [role, new SecurityGroup(this, role, { description: `K-PaaS: ${role}` })]),
    );
    this.node.defaultChild = this.groups.get("control-plane");
    const opened = new Set<string>();
    for (const rule of kpaasPorts(props.plan)) this.open(rule, props, opened);
  }

  /** Group of the machines that are there for something. */
  groupOf(role: KPaasRole): ISecurityGroup {
    const group = this.groups.get(role);
    if (group === undefined)
      throw KPS024.violation({
        at: this,
        given: `machines for ${role}`,
        fix: `the plan has ${[...this.groups.keys()].join(", ")}`,
      });
    return group;
  }

  /** The same way may be wanted for two reasons: an ingress and its API may share an address. */
  private open(rule: KPaasRule, props: ClusterFirewallProps, opened: Set<string>): void {
    for (const peer of this.peersOf(rule.peer, props)) {
      const { connections } = this.groupOf(rule.role);
      const way = `${rule.role} ${rule.direction} ${keyOf(peer)} ${rule.port.toString()}`;
      if (opened.has(way)) continue;
      opened.add(way);
      if (rule.direction === "from") connections.allowFrom(peer, rule.port, rule.description);
      else connections.allowTo(peer, rule.port, rule.description);
    }
  }

  private peersOf(
    peer: KPaasRule["peer"],
    { plan, administrators, clients = [] }: ClusterFirewallProps,
  ): readonly (Peer | ISecurityGroup)[] {
    const { controlPlane, exposure, subnet } = plan;
    switch (peer) {
      case "administrators":
        return administrators;
      case "clients":
        return clients;
      case "own address":
        return host(controlPlane.publicAddress);
      case "own ingress address":
        return host(exposure.publicAddress);
      case "API balancer":
        return host(controlPlane.balancer?.address);
      case "subnet":
        return [Peer.ipv4(subnet.cidr)];
      case "internet":
        return [Peer.anyIpv4()];
      default:
        return [this.groupOf(peer)];
    }
  }
}

/** An address as a block of one. */
function host(address: string | undefined): readonly Peer[] {
  return address === undefined ? [] : [Peer.ipv4(`${address}/32`)];
}

function keyOf(peer: Peer | ISecurityGroup): string {
  return "securityGroupId" in peer ? peer.securityGroupId : peer.toString();
}
