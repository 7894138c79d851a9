import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CloudInit } from "../../boot/cloud-init";
import { defined } from "../../core/defined";
import type { Peer } from "../../core/peer";
import type { Disk } from "../../openstack/compute/disk";
import { Flavor } from "../../openstack/compute/flavor";
import type { IImage } from "../../openstack/compute/image";
import { Instance } from "../../openstack/compute/instance";
import type { IKeyPair } from "../../openstack/compute/key-pair";
import { Nic } from "../../openstack/compute/nic";
import { type IServerGroup, ServerGroup } from "../../openstack/compute/server-group";
import type { IFloatingIp } from "../../openstack/network/floating-ip";
import type { ISubnet } from "../../openstack/network/subnet";
import type { ISecurityGroup } from "../../openstack/security/security-group";
import type { ClusterPlan } from "../plan/cluster-plan";
import type { KPaasRole, PlannedMachine } from "../plan/node";
import { ClusterFirewall } from "./cluster-firewall";
import { checkNetwork } from "./kpaas-cluster-checks";

/** The interface of the ingress. */
export interface IngressNic {
  /** Floating IP of the plan's exposure. */
  readonly floatingIp: IFloatingIp;
  /**
   * Security groups in addition to those of the cluster, for example that of a bastion.
   * @default - none
   */
  readonly securityGroups?: readonly ISecurityGroup[];
  /**
   * Subnet of the interface.
   * @default - the cluster's subnet
   */
  readonly subnet?: ISubnet;
}

/** Properties of {@link KPaasCluster}. */
export interface KPaasClusterProps {
  /** Roles, names and addresses of the machines. */
  readonly plan: ClusterPlan;
  /** The plan's subnet. */
  readonly subnet: ISubnet;
  /** Image of Ubuntu 22.04. */
  readonly image: IImage;
  /** SSH key of the operators. The installer has a separate one. */
  readonly keyPair: IKeyPair;
  /** Source of administrators: the group of a bastion, or blocks. */
  readonly administrators: readonly (Peer | ISecurityGroup)[];
  /** First boot of a machine. A change does not replace existing machines: every document lists all machines of the cluster. */
  readonly boot: (machine: PlannedMachine) => CloudInit;
  /**
   * Clients of the cluster's services.
   * @default - no clients outside of the cluster
   */
  readonly clients?: readonly Peer[];
  /**
   * Floating IP of the first control plane node, as in the plan.
   * @default - that of the ingress, whose subnet may be the only one with floating IPs; none if the plan has none
   */
  readonly floatingIp?: IFloatingIp;
  /**
   * Interface of the ingress, required for `Exposure.extraNic`.
   * @default - none
   */
  readonly ingress?: IngressNic;
  /**
   * Resources that have to exist before the installation starts, such as load balancers (`balancer.ready`).
   * @default - none
   */
  readonly dependsOn?: readonly ITerraformDependable[];
  /**
   * Root disks, by role. The root disk of the NFS server stores the volumes of the cluster.
   * @default - 20 GiB of the cloud's default type
   */
  readonly rootDisks?: Readonly<Partial<Record<KPaasRole, Disk>>>;
  /**
   * Availability zone of all machines.
   * @default - the cloud's choice
   */
  readonly zone?: string;
}

/**
 * Defines the machines of a K-PaaS cluster from its plan, with their first boots.
 *
 * Creates the firewall of the cluster; each machine with its ports and floating IPs, with the addresses of MetalLB allowed on the
 * ports of all nodes; and, with several control plane nodes, server groups that place them, and etcd machines, on different hosts.
 *
 * Cost: flavors, disks and floating IPs by the hour.
 *
 * Errors: KPS025, and those of machines and security groups of `openstack/`.
 *
 * @example
 * new KPaasCluster(this, "KPaas", {
 *   ...{ plan, subnet, image, keyPair, floatingIp },
 *   administrators: [bastion],
 *   ingress: { floatingIp: ingressAddress },
 *   boot: (machine) => boot.of(machine),
 * });
 */
export class KPaasCluster extends Construct {
  /** Every machine, install host first. */
  readonly machines: readonly Instance[];
  /** The first control plane node. */
  readonly installHost: Instance;
  /** Security group rules of the nodes. */
  readonly firewall: ClusterFirewall;
  private readonly flavors = new Map<string, Flavor>();
  private readonly serverGroups: ReadonlyMap<KPaasRole, IServerGroup>;

  constructor(scope: Construct, id: string, props: KPaasClusterProps) {
    super(scope, id);
    const { plan, administrators, clients } = props;
    checkNetwork(this, props);
    this.firewall = new ClusterFirewall(this, "Firewall", { plan, administrators, ...defined({ clients }) });
    this.serverGroups = this.addServerGroups(plan);
    const { installHost } = plan;
    const others = plan.machines.filter(({ name }) => name !== installHost.name);
    this.installHost = this.addMachine(installHost, this.installHostNics(props), props);
    this.machines = [
      this.installHost,
      ...others.map((machine) => this.addMachine(machine, [nicOf(machine, props)], props)),
    ];
    this.node.defaultChild = this.installHost;
  }

  private addMachine(machine: PlannedMachine, nics: readonly [Nic, ...Nic[]], props: KPaasClusterProps): Instance {
    const { name, role, rawVolume } = machine;
    const { image, keyPair, zone, rootDisks, dependsOn } = props;
    return new Instance(this, name, {
      name,
      image,
      keyPair,
      nics,
      flavor: this.flavor(machine.flavor, props),
      securityGroups: this.firewall.groupsOf(role),
      boot: props.boot(machine),
      // Every document lists all machines: an additional one would otherwise replace all others, and with them the cluster.
      bootCausesReplacement: false,
      ...defined({
        zone,
        dependsOn,
        rootDisk: rootDisks?.[role],
        dataDisks: rawVolume === undefined ? undefined : [{ size: rawVolume }],
        serverGroup: this.serverGroups.get(role),
      }),
    });
  }

  /** The interface for cluster traffic comes first, so that other machines use its address; the ingress has a second one. */
  private installHostNics(props: KPaasClusterProps): readonly [Nic, ...Nic[]] {
    const { plan, subnet, floatingIp, ingress } = props;
    const first = nicOf(plan.installHost, props, floatingIp);
    const { ingressAddress: fixedAddress } = plan.exposure;
    if (ingress === undefined || fixedAddress === undefined) return [first];
    const securityGroups = [...this.firewall.groupsOf("control-plane"), ...(ingress.securityGroups ?? [])];
    return [first, Nic.in(ingress.subnet ?? subnet, { fixedAddress, floatingIp: ingress.floatingIp, securityGroups })];
  }

  /** One data source for all machines of a flavor. */
  private flavor(name: string, { subnet }: KPaasClusterProps): Flavor {
    const flavor = this.flavors.get(name) ?? new Flavor(this, `Flavor-${name}`, { name, cloud: subnet.cloud });
    this.flavors.set(name, flavor);
    return flavor;
  }

  /** Members of etcd on the same host would fail together. */
  private addServerGroups({ machines, controlPlane }: ClusterPlan): ReadonlyMap<KPaasRole, IServerGroup> {
    const voting = (["control-plane", "etcd"] as const).filter(
      (role) => controlPlane.nodes.length > 1 && machines.some((machine) => machine.role === role),
    );
    return new Map(voting.map((role) => [role, new ServerGroup(this, `ServerGroup-${role}`)]));
  }
}

/** Interface of a machine in the cluster's subnet. Nodes also use addresses of MetalLB, which the cloud would drop as spoofed. */
function nicOf(
  { fixedAddress, role }: PlannedMachine,
  { subnet, plan }: KPaasClusterProps,
  floatingIp?: IFloatingIp,
): Nic {
  const isNode = role === "control-plane" || role === "worker";
  const allowedAddresses = isNode ? plan.exposure.serviceAddresses?.blocks : undefined;
  return Nic.in(subnet, { fixedAddress, ...defined({ allowedAddresses, floatingIp }) });
}
