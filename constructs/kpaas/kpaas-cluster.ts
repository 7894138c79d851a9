import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CloudInit } from "../boot/cloud-init";
import type { Peer } from "../core/peer";
import type { Disk } from "../openstack/compute/disk";
import { Flavor } from "../openstack/compute/flavor";
import type { IImage } from "../openstack/compute/image";
import { Instance } from "../openstack/compute/instance";
import type { IKeyPair } from "../openstack/compute/key-pair";
import { Nic } from "../openstack/compute/nic";
import type { IServerGroup } from "../openstack/compute/server-group";
import { ServerGroup } from "../openstack/compute/server-group";
import type { IFloatingIp } from "../openstack/network/floating-ip";
import type { ISecurityGroup } from "../openstack/network/security-group";
import type { ISubnet } from "../openstack/network/subnet";
import { ClusterFirewall } from "./cluster-firewall";
import type { ClusterPlan } from "./cluster-plan";
import { checkPlaces } from "./kpaas-cluster-checks";
import type { KPaasRole, PlannedMachine } from "./node";

/** The ingress' own interface. */
export interface IngressNic {
  readonly floatingIp: IFloatingIp;
  /**
   * What may pass beside what the cluster needs, such as administrators of a bastion.
   * @default - nothing
   */
  readonly securityGroups?: readonly ISecurityGroup[];
  /**
   * Subnet of the interface.
   * @default - the cluster's
   */
  readonly subnet?: ISubnet;
}

export interface KPaasClusterProps {
  /** Who is what, and where. */
  readonly plan: ClusterPlan;
  /** The plan's subnet. */
  readonly subnet: ISubnet;
  /** Ubuntu 22.04. */
  readonly image: IImage;
  /** Key of the people who look after the machines. The installer has one of its own. */
  readonly keyPair: IKeyPair;
  /** Blocks or groups that administrators come from. */
  readonly administrators: readonly (Peer | ISecurityGroup)[];
  /** What each machine does at its first start. A change of it is for machines that are made later. */
  readonly boot: (machine: PlannedMachine) => CloudInit;
  /**
   * Who uses what runs in the cluster.
   * @default - nobody from outside of the cluster
   */
  readonly clients?: readonly Peer[];
  /**
   * The first control plane node's address of the internet, as the plan has it.
   * @default - that of the ingress, whose subnet may be the only one that floating IPs lead to; none when the plan has none
   */
  readonly floatingIp?: IFloatingIp;
  /**
   * Interface of the ingress, where the plan has an extra one.
   * @default - none
   */
  readonly ingress?: IngressNic;
  /**
   * What has to stand before the installation starts: load balancers.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
  /**
   * Disks that machines start from, by what they are there for. The NFS server keeps the cluster's volumes on its own.
   * @default - 20 GiB of the cloud's usual type
   */
  readonly rootDisks?: Readonly<Partial<Record<KPaasRole, Disk>>>;
  /**
   * Zone of all machines.
   * @default - the cloud's choice
   */
  readonly zone?: string;
}

/**
 * Defines the machines of a K-PaaS cluster, by its plan, with what they do at their first start.
 *
 * Creates the cluster's firewall; each machine with its ports, behind them the floating IPs, and what MetalLB hands out allowed on
 * every node's; and, where the control plane has several nodes, server groups that keep them, and machines for etcd, on hosts of
 * their own.
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
  /** Every machine, in the order of the plan. */
  readonly machines: readonly Instance[];
  /** The first control plane node. */
  readonly installHost: Instance;
  readonly firewall: ClusterFirewall;
  private readonly flavors = new Map<string, Flavor>();
  private readonly serverGroups: ReadonlyMap<KPaasRole, IServerGroup>;

  constructor(scope: Construct, id: string, props: KPaasClusterProps) {
    super(scope, id);
    const { plan, administrators, clients } = props;
    checkPlaces(this, props);
    this.firewall = new ClusterFirewall(this, "Firewall", {
      ...{ plan, administrators },
      ...(clients === undefined ? {} : { clients }),
    });
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
    const serverGroup = this.serverGroups.get(role);
    const rootDisk = rootDisks?.[role];
    return new Instance(this, name, {
      ...{ name, image, keyPair, nics },
      flavor: this.flavor(machine.flavor, props),
      securityGroups: this.firewall.groupsOf(role),
      boot: props.boot(machine),
      // Each is told of all others: one more machine would make every other anew, and with them the cluster.
      bootCausesReplacement: false,
      ...(zone === undefined ? {} : { zone }),
      ...(dependsOn === undefined ? {} : { dependsOn }),
      ...(rootDisk === undefined ? {} : { rootDisk }),
      ...(rawVolume === undefined ? {} : { dataDisks: [{ size: rawVolume }] }),
      ...(serverGroup === undefined ? {} : { serverGroup }),
    });
  }

  /** Cluster traffic first, so that the other machines know it by that; the ingress has an interface of its own. */
  private installHostNics(props: KPaasClusterProps): readonly [Nic, ...Nic[]] {
    const { plan, subnet, floatingIp, ingress } = props;
    const first = nicOf(plan.installHost, props, floatingIp);
    const { ingressAddress: fixedAddress } = plan.exposure;
    if (ingress === undefined || fixedAddress === undefined) return [first];
    const securityGroups = [...this.firewall.groupsOf("control-plane"), ...(ingress.securityGroups ?? [])];
    return [first, Nic.in(ingress.subnet ?? subnet, { fixedAddress, floatingIp: ingress.floatingIp, securityGroups })];
  }

  /** One look-up for all machines of a flavor. */
  private flavor(name: string, { subnet }: KPaasClusterProps): Flavor {
    const flavor = this.flavors.get(name) ?? new Flavor(this, `Flavor-${name}`, { name, cloud: subnet.cloud });
    this.flavors.set(name, flavor);
    return flavor;
  }

  /** Members of etcd on one host would fail together. */
  private addServerGroups({ machines, controlPlane }: ClusterPlan): ReadonlyMap<KPaasRole, IServerGroup> {
    const voting = (["control-plane", "etcd"] as const).filter(
      (role) => controlPlane.nodes.length > 1 && machines.some((machine) => machine.role === role),
    );
    return new Map(voting.map((role) => [role, new ServerGroup(this, `ServerGroup-${role}`)]));
  }
}

/**
 * Interface of a machine in the cluster's subnet. A node answers for addresses of MetalLB's, too, which the cloud would drop as
 * forged.
 */
function nicOf(
  { fixedAddress, role }: PlannedMachine,
  { subnet, plan }: KPaasClusterProps,
  floatingIp?: IFloatingIp,
): Nic {
  const { serviceAddresses } = plan.exposure;
  const isNode = role === "control-plane" || role === "worker";
  return Nic.in(subnet, {
    fixedAddress,
    ...(isNode && serviceAddresses !== undefined ? { allowedAddresses: serviceAddresses.blocks } : {}),
    ...(floatingIp === undefined ? {} : { floatingIp }),
  });
}
