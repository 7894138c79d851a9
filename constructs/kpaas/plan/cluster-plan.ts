import type { Cidr } from "../../core/cidr";
import { type Location, Violations } from "../../core/violation";
import { type Cloud, OPENSTACK } from "../../openstack/cloud";
import { addressViolations } from "./checks/address-checks";
import { clusterViolations } from "./checks/cluster-checks";
import { machineViolations } from "./checks/machine-checks";
import { type ClusterListener, clusterListeners } from "./cluster-listeners";
import { ClusterVars } from "./cluster-vars";
import type { ControlPlane } from "./control-plane";
import type { Exposure } from "./exposure";
import type { KPaasStorage } from "./kpaas-storage";
import type { KPaasNode, KPaasRole, PlannedMachine } from "./node";
import type { NodePool } from "./node-pool";
import { AddOn } from "./release/add-on";
import { KPaasRelease } from "./release/kpaas-release";
import type { Patch } from "./release/patch";

/** Subnet of the machines of a cluster. Subnets of `openstack/` and `nhn/` implement it. */
export interface ClusterSubnet {
  /** Block of the subnet. */
  readonly cidr: Cidr;
  /** Addresses that the cloud reserves: network, gateway, broadcast and its own services. */
  readonly reservedAddresses: readonly string[];
  /** Addresses that the cloud assigns automatically, if known. */
  readonly automaticAddresses?: Cidr | undefined;
}

/** Settings of a cluster's plan. */
export interface ClusterPlanProps {
  /** Subnet of the machines: its block, its reserved and its automatic addresses. */
  readonly subnet: ClusterSubnet;
  /** Machines of the control plane. */
  readonly controlPlane: ControlPlane;
  /** Pools of workers. Append new pools: the number of a worker is its position among all workers. */
  readonly workers: readonly NodePool[];
  /** Where the volumes of pods are stored. */
  readonly storage: KPaasStorage;
  /** How clients outside of the cluster reach its services. */
  readonly exposure: Exposure;
  /**
   * Release of K-PaaS.
   * @default KPaasRelease.V1_6_2
   */
  readonly release?: KPaasRelease;
  /**
   * Components in addition to the cluster itself.
   * @default - Kyverno and the portal
   */
  readonly addOns?: readonly AddOn[];
  /**
   * Cloud of the machines; determines the size of a flavor from its name.
   * @default - standard OpenStack, where the size is unknown and not checked
   */
  readonly cloud?: Cloud;
  /**
   * Location in violations.
   * @default - none
   */
  readonly at?: Location;
}

/** A line of `/etc/hosts`. */
export interface HostEntry {
  /** Address of the host. */
  readonly address: string;
  /** Name of the host. */
  readonly name: string;
}

/**
 * Defines a K-PaaS cluster on a set of machines: the role of each machine, all addresses, and the variables of the installer.
 *
 * A value type: it creates no resource, and everything derived from it is known before the machines exist. All invalid input is
 * rejected at once, far more strictly than by the installer.
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
  /** Release of K-PaaS. */
  readonly release: KPaasRelease;
  /** Subnet of the nodes. */
  readonly subnet: ClusterSubnet;
  /** Control plane of the cluster. */
  readonly controlPlane: ControlPlane;
  /** All workers, in the order of their pools. */
  readonly workers: readonly PlannedMachine[];
  /** Storage of the cluster. */
  readonly storage: KPaasStorage;
  /** How clients reach the ingress. */
  readonly exposure: Exposure;
  /** Parts that are installed in addition. */
  readonly addOns: readonly AddOn[];
  /** Every machine: control plane, workers, etcd, NFS server. */
  readonly machines: readonly PlannedMachine[];
  /** Variables of the installer. */
  readonly inventory: ClusterVars;

  constructor(props: ClusterPlanProps) {
    const { controlPlane, storage, cloud = OPENSTACK } = props;
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
      ...machineViolations(this, cloud, props.at),
      ...addressViolations(this, cloud, props.at),
    ]);
    this.inventory = new ClusterVars(this);
  }

  /** The machine on which the installer runs: the first one of the control plane. */
  get installHost(): PlannedMachine {
    return planOf(this.controlPlane.first, "control-plane");
  }

  /** The Kubernetes nodes, which mount volumes: control plane and workers. */
  get clusterNodes(): readonly PlannedMachine[] {
    return this.machines.filter(({ role }) => role === "control-plane" || role === "worker");
  }

  /** Lines that every machine needs in `/etc/hosts`. */
  get hostEntries(): readonly HostEntry[] {
    const { balancer } = this.controlPlane;
    return balancer?.needsHostEntry === true ? [{ address: balancer.address, name: balancer.host }] : [];
  }

  /** Patches of the installer for this cluster. */
  get patches(): readonly Patch[] {
    return this.release.patchesFor(this.addOns);
  }

  /** Listeners of the load balancers that have to exist before the installation. */
  get listeners(): readonly ClusterListener[] {
    return clusterListeners(this);
  }

  /** URL of the API. */
  get apiServer(): string {
    return `https://${this.controlPlane.apiHost}:6443`;
  }

  /** Domain whose names all resolve to the ingress; `undefined` with NHN Cloud's controller, which assigns the address later. */
  get hostDomain(): string | undefined {
    return this.exposure.hostDomain;
  }

  /** Whether an add-on is installed. */
  has(addOn: AddOn): boolean {
    return this.addOns.includes(addOn);
  }
}

function planned(role: KPaasRole, nodes: readonly KPaasNode[]): readonly PlannedMachine[] {
  return nodes.map((node) => planOf(node, role));
}

/** Copies the properties that the plan needs; the node may be a construct. */
function planOf({ name, fixedAddress, flavor, image }: KPaasNode, role: KPaasRole): PlannedMachine {
  return { name, fixedAddress, flavor, image, role };
}
