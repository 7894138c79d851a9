import type { Cidr } from "../core/cidr";
import type { Place } from "../core/violation";
import { Violations } from "../core/violation";
import type { Cloud } from "../openstack/cloud";
import { OPENSTACK } from "../openstack/cloud";
import { AddOn } from "./add-on";
import { addressViolations } from "./address-checks";
import { clusterViolations } from "./cluster-checks";
import type { ClusterListener } from "./cluster-listeners";
import { clusterListeners } from "./cluster-listeners";
import { ClusterVars } from "./cluster-vars";
import type { ControlPlane } from "./control-plane";
import type { Exposure } from "./exposure";
import { KPaasRelease } from "./kpaas-release";
import type { KPaasStorage } from "./kpaas-storage";
import { machineViolations } from "./machine-checks";
import type { KPaasNode, KPaasRole, PlannedMachine } from "./node";
import type { NodePool } from "./node-pool";
import type { Patch } from "./patch";

/** Subnet of a cluster's machines. Subnets of `openstack/` and `nhn/` are such. */
export interface ClusterSubnet {
  readonly cidr: Cidr;
  /** Addresses that the cloud keeps for itself: network, gateway, broadcast and what else it needs. */
  readonly reservedAddresses: readonly string[];
  /** Addresses that the cloud hands out by itself, where that is known. */
  readonly automaticAddresses?: Cidr | undefined;
}

export interface ClusterPlanProps {
  readonly subnet: ClusterSubnet;
  readonly controlPlane: ControlPlane;
  /** Workers, pool by pool. New pools go to the end: a worker's number is its place among all. */
  readonly workers: readonly NodePool[];
  readonly storage: KPaasStorage;
  readonly exposure: Exposure;
  /**
   * @default KPaasRelease.V1_6_2
   */
  readonly release?: KPaasRelease;
  /**
   * What is installed beyond the cluster itself.
   * @default - Kyverno and the portal
   */
  readonly addOns?: readonly AddOn[];
  /**
   * The cloud of the machines: tells what their flavors have.
   * @default - OpenStack as it is installed, whose flavors tell nothing
   */
  readonly cloud?: Cloud;
  /**
   * Where violations are reported.
   * @default - nowhere in particular
   */
  readonly at?: Place;
}

/** A line of `/etc/hosts`. */
export interface HostEntry {
  readonly address: string;
  readonly name: string;
}

/**
 * Defines a K-PaaS cluster on a fleet of machines: who is what, which addresses are whose, and what the installer is told.
 *
 * A value: it makes nothing, and what is rendered from it is known before the machines are. Everything that cannot work is
 * refused at once, far more strictly than the installer does it.
 *
 * @example
 * const plan = new ClusterPlan({
 *   subnet,
 *   controlPlane: ControlPlane.single(first, { publicAddress: address.floatingIpAddress }),
 *   workers: [NodePool.of("worker", workers)],
 *   storage: KPaasStorage.nfs({ server }),
 *   exposure: Exposure.extraNic({ serviceAddresses, address: "192.168.7.11", floatingAddress }),
 * });
 * plan.inventory.toString(); // cp-cluster-vars.sh
 */
export class ClusterPlan {
  readonly release: KPaasRelease;
  readonly subnet: ClusterSubnet;
  readonly controlPlane: ControlPlane;
  /** All workers, pool by pool. */
  readonly workers: readonly PlannedMachine[];
  readonly storage: KPaasStorage;
  readonly exposure: Exposure;
  readonly addOns: readonly AddOn[];
  /** Every machine: control plane, workers, etcd, NFS server. */
  readonly machines: readonly PlannedMachine[];
  /** What the installer is told. */
  readonly inventory: ClusterVars;

  constructor(props: ClusterPlanProps) {
    const { controlPlane, storage } = props;
    this.release = props.release ?? KPaasRelease.V1_6_2;
    this.subnet = props.subnet;
    this.controlPlane = controlPlane;
    this.storage = storage;
    this.exposure = props.exposure;
    this.addOns = props.addOns ?? [AddOn.KYVERNO, AddOn.PORTAL];
    this.workers = props.workers.flatMap(({ nodes, rawVolume }) =>
      planned("worker", nodes).map((worker) => (rawVolume === undefined ? worker : { ...worker, rawVolume })),
    );
    this.machines = [
      ...planned("control-plane", controlPlane.nodes),
      ...this.workers,
      ...planned("etcd", controlPlane.etcd?.nodes ?? []),
      ...planned("nfs", storage.nfsServer === undefined ? [] : [storage.nfsServer]),
    ];
    Violations.throwIfAny([
      ...clusterViolations(this, props),
      ...machineViolations(this, props.cloud ?? OPENSTACK, props.at),
      ...addressViolations(this, props.at),
    ]);
    this.inventory = new ClusterVars(this);
  }

  /** The machine from which everything is installed: the first of the control plane. */
  get installHost(): PlannedMachine {
    return planOf(this.controlPlane.first, "control-plane");
  }

  /** Nodes of Kubernetes: who mounts volumes, and who has to be ready in the end. */
  get clusterNodes(): readonly PlannedMachine[] {
    return this.machines.filter(({ role }) => role === "control-plane" || role === "worker");
  }

  /** What every machine has to be told beside its name servers. */
  get hostEntries(): readonly HostEntry[] {
    const { balancer } = this.controlPlane;
    return balancer?.needsHostEntry === true ? [{ address: balancer.address, name: balancer.host }] : [];
  }

  /** Changes of the installer that this cluster needs. */
  get patches(): readonly Patch[] {
    return this.release.patchesFor(this.addOns);
  }

  /** What load balancers have to do, which stand before the installation. */
  get listeners(): readonly ClusterListener[] {
    return clusterListeners(this);
  }

  /** Where the API answers. */
  get apiServer(): string {
    return `https://${this.controlPlane.apiHost}:6443`;
  }

  /** Domain whose every name leads to the ingress; nothing where NHN Cloud's controller finds the address. */
  get hostDomain(): string | undefined {
    return this.exposure.hostDomain;
  }

  has(addOn: AddOn): boolean {
    return this.addOns.includes(addOn);
  }
}

function planned(role: KPaasRole, nodes: readonly KPaasNode[]): readonly PlannedMachine[] {
  return nodes.map((node) => planOf(node, role));
}

/** What the plan has to know of a machine, which may be a construct with much more to it. */
function planOf({ name, fixedAddress, flavor, image }: KPaasNode, role: KPaasRole): PlannedMachine {
  return { name, fixedAddress, flavor, image, role };
}
