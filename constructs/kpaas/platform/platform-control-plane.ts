import type { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Port } from "../../core/port";
import { INGRESS_NODE_PORTS } from "../plan/cluster-listeners";
import type { WorkloadProps } from "../workload/workload-values";
import { balancedEdge, type HighlyAvailablePlatformProps } from "./balanced-edge";
import type { EdgeProps, NetworkEdge } from "./network-edge";
import { singleEdge, type SinglePlatformProps } from "./single-edge";

/** Ports that a network ACL in front of the subnets has to allow. */
export interface PlatformPorts {
  /** Ports of the public subnet that are open to the internet. */
  readonly publicPorts: readonly Port[];
  /** Ports of the private subnet that are open to the public subnet. */
  readonly privatePorts: readonly Port[];
}

interface Options {
  readonly nodes: number;
  readonly ports: PlatformPorts;
  readonly sampleWorkload?: WorkloadProps;
  readonly createEdge: (scope: Construct, props: EdgeProps) => NetworkEdge;
}

/**
 * Defines the control plane of a platform, and with it the access to the platform: one floating IP, or load balancers and a bastion.
 *
 * @example
 * PlatformControlPlane.single({ clients: [Peer.anyIpv4()] });
 * PlatformControlPlane.highlyAvailable({ nodes: 3, apiAddress: "10.40.0.5", bastionFlavor: "m2.c1m2" });
 */
export class PlatformControlPlane {
  /**
   * One node. Its second interface, in the public subnet, has the only floating IP of the platform; the node is also the bastion.
   */
  static single(props: SinglePlatformProps): PlatformControlPlane {
    const { sampleWorkload } = props;
    const samples = sampleWorkload === undefined ? [] : [Port.tcp(sampleWorkload.nodePort)];
    return new PlatformControlPlane({
      nodes: 1,
      ports: { publicPorts: [Port.HTTP, Port.HTTPS, ...samples], privatePorts: [] },
      ...defined({ sampleWorkload }),
      createEdge: (scope, edge) => singleEdge(scope, props, edge),
    });
  }

  /** Several nodes without public addresses: a bastion host, an internal load balancer for the API, a public one for the ingress. */
  static highlyAvailable(props: HighlyAvailablePlatformProps): PlatformControlPlane {
    return new PlatformControlPlane({
      nodes: props.nodes,
      // The public load balancer connects to the node ports of the ingress.
      ports: {
        publicPorts: [Port.HTTP, Port.HTTPS],
        privatePorts: INGRESS_NODE_PORTS.map((port) => Port.tcp(port)),
      },
      createEdge: (scope, edge) => balancedEdge(scope, props, edge),
    });
  }

  /** Number of control plane nodes. */
  readonly nodes: number;
  /** Ports for the network ACL of the platform's subnets. */
  readonly ports: PlatformPorts;
  /** Sample workload of the cluster, if any. */
  readonly sampleWorkload: WorkloadProps | undefined;
  private readonly options: Options;

  private constructor(options: Options) {
    this.nodes = options.nodes;
    this.ports = options.ports;
    this.sampleWorkload = options.sampleWorkload;
    this.options = options;
  }

  /**
   * Creates floating IPs, load balancers and the bastion host in the scope of a platform.
   * @internal
   */
  createEdge(scope: Construct, props: EdgeProps): NetworkEdge {
    return this.options.createEdge(scope, props);
  }
}
