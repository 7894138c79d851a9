import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { BastionHost } from "../../openstack/administration/bastion-host";
import type { Disk } from "../../openstack/compute/disk";
import { Flavor } from "../../openstack/compute/flavor";
import { type IImage, Image } from "../../openstack/compute/image";
import type { ImageName } from "../../openstack/compute/image-name";
import { type IKeyPair, KeyPair, type KeyPairProps } from "../../openstack/compute/key-pair";
import { ClusterBoot } from "../boot/cluster-boot";
import { KPaasCluster } from "../cluster/kpaas-cluster";
import type { AddressRange } from "../plan/address-range";
import { ClusterPlan } from "../plan/cluster-plan";
import { KPaasStorage } from "../plan/kpaas-storage";
import { NodePool } from "../plan/node-pool";
import type { PortalProps } from "../portal/portal";
import type { SessionLimit } from "../portal/session-limit";
import type { NetworkEdge } from "./network-edge";
import type { PlatformControlPlane } from "./platform-control-plane";
import { platformHosts, type PlatformMachines, platformMachines } from "./platform-machines";
import type { PlatformNetwork } from "./platform-network";

/** Properties of {@link KPaasPlatform}. */
export interface KPaasPlatformProps {
  /** Network of the platform: a public and a private subnet. */
  readonly network: PlatformNetwork;
  /** Prefix of the names of machines: `lab` results in `lab-cluster1`, `lab-worker1`, `lab-nfs1`. */
  readonly prefix: string;
  /** Cloud provider in the portal's settings. */
  readonly cloud: PortalProps["cloud"];
  /** Image of Ubuntu 22.04. */
  readonly image: ImageName;
  /** Name of the flavor of all machines of the cluster: 2 vCPUs and 8 GiB or more. */
  readonly flavor: string;
  /** SSH key of the operators; the platform creates the key pair. */
  readonly keyPair: KeyPairProps;
  /** Number of control plane nodes, and how the platform is reached. */
  readonly controlPlane: PlatformControlPlane;
  /** Number of workers; the portal requires three. */
  readonly workers: number;
  /** Addresses for services of type LoadBalancer, in the private subnet. */
  readonly serviceAddresses: AddressRange;
  /**
   * Root disks of control plane nodes and workers.
   * @default - 20 GiB of the cloud's default type
   */
  readonly rootDisk?: Disk;
  /**
   * Root disk of the NFS server, which stores the volumes of the cluster.
   * @default - 20 GiB of the cloud's default type
   */
  readonly nfsDisk?: Disk;
  /**
   * Concurrent sessions per user of the portal.
   * @default - no limit
   */
  readonly sessions?: SessionLimit;
  /**
   * Whether the portal's pipeline is installed.
   * @default false
   */
  readonly pipeline?: boolean;
  /**
   * SHA-256 of the archives of the portal and of the pipeline, for which K-PaaS publishes no checksums.
   * @default - none: the first boot stops until a person confirms each on the install host
   */
  readonly checksums?: { readonly portal?: string; readonly pipeline?: string };
  /**
   * Availability zone of all machines.
   * @default - the cloud's choice
   */
  readonly zone?: string;
}

/**
 * Defines the K-PaaS platform in a network of a public and a private subnet, from its machines to the portal.
 *
 * Creates the key pair; a floating IP, or load balancers and a bastion host with several control plane nodes; the machines of the
 * cluster with their first boots, which install the cluster, the portal and the pipeline; an NFS server for volumes.
 *
 * Cost: flavors, disks, floating IPs and load balancers by the hour.
 *
 * Errors: those of `ClusterPlan`, `KPaasCluster` and `ClusterBoot`.
 *
 * @example
 * new KPaasPlatform(this, "Platform", {
 *   ...{ network, prefix: "lab", cloud: "openstack", image: ImageName.newest("Ubuntu Server 22.04"), flavor: "m1.large" },
 *   keyPair: { publicKey: "ssh-ed25519 AAAAC3Nza... operators" },
 *   controlPlane: PlatformControlPlane.single({ clients: [Peer.anyIpv4()] }),
 *   workers: 3,
 *   serviceAddresses: AddressRange.parse("192.168.7.150-192.168.7.160"),
 * });
 */
export class KPaasPlatform extends Construct {
  /** Plan of the cluster. */
  readonly plan: ClusterPlan;
  /** The cluster. */
  readonly cluster: KPaasCluster;
  /** Public address for SSH of administrators. */
  readonly bastionAddress: string;
  /** Private address of the first control plane node. */
  readonly installHostAddress: string;
  private readonly image: IImage;
  private readonly keyPair: IKeyPair;

  constructor(scope: Construct, id: string, props: KPaasPlatformProps) {
    super(scope, id);
    const { network, image, keyPair } = props;
    const { privateSubnet } = network;
    const machines = platformMachines({
      prefix: props.prefix,
      hosts: platformHosts(privateSubnet.cidr, this),
      flavor: props.flavor,
      image: image.toString(),
      controlPlanes: props.controlPlane.nodes,
      workers: props.workers,
    });
    this.image = new Image(this, "Image", { name: image, cloud: privateSubnet.cloud });
    this.keyPair = new KeyPair(this, "KeyPair", keyPair);

    const edge = this.createEdge(props, machines);
    this.plan = this.createPlan(network, machines, edge);
    this.cluster = this.createCluster(props, edge);
    this.bastionAddress = edge.bastionAddress;
    this.installHostAddress = machines.first.fixedAddress;
    this.node.defaultChild = this.cluster;
  }

  private createEdge(props: KPaasPlatformProps, machines: PlatformMachines): NetworkEdge {
    const { network, serviceAddresses } = props;
    const createBastion = (flavor: string) => this.createBastion(flavor, props);
    return props.controlPlane.createEdge(this, { network, machines, serviceAddresses, createBastion });
  }

  private createBastion(flavor: string, { network, prefix, zone }: KPaasPlatformProps): BastionHost {
    const { publicSubnet, external, bastion } = network;
    return new BastionHost(this, "BastionHost", {
      subnet: publicSubnet,
      external,
      securityGroup: bastion,
      image: this.image,
      keyPair: this.keyPair,
      name: `${prefix}-bastion1`,
      fixedAddress: platformHosts(publicSubnet.cidr, this).address("bastion", 1),
      flavor: new Flavor(this, "BastionFlavor", { name: flavor, cloud: publicSubnet.cloud }),
      ...defined({ zone }),
    });
  }

  private createPlan(
    { privateSubnet }: PlatformNetwork,
    { workers, nfs }: PlatformMachines,
    { controlPlane, exposure }: NetworkEdge,
  ): ClusterPlan {
    return new ClusterPlan({
      subnet: privateSubnet,
      cloud: privateSubnet.cloud,
      controlPlane,
      exposure,
      workers: [NodePool.of("worker", workers)],
      storage: KPaasStorage.nfs({ server: nfs }),
      at: this,
    });
  }

  private createCluster(props: KPaasPlatformProps, edge: NetworkEdge): KPaasCluster {
    const { network, cloud, sessions, rootDisk, nfsDisk, zone, pipeline = false, checksums = {} } = props;
    const { plan } = this;
    const boot = ClusterBoot.of(plan, {
      portal: { cloud, ...defined({ sessions, sha256: checksums.portal }) },
      ...defined({
        workload: props.controlPlane.sampleWorkload,
        pipeline: pipeline ? defined({ sha256: checksums.pipeline }) : undefined,
      }),
    });
    return new KPaasCluster(this, "Cluster", {
      plan,
      subnet: network.privateSubnet,
      image: this.image,
      keyPair: this.keyPair,
      clients: edge.clients,
      administrators: [network.bastion],
      rootDisks: defined({ "control-plane": rootDisk, worker: rootDisk, nfs: nfsDisk }),
      boot: (machine) => boot.of(machine),
      dependsOn: edge.addListeners(plan),
      ...defined({ zone, ingress: edge.ingress }),
    });
  }
}
