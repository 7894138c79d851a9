import { KPS001 } from "../rules";
import type { ApiBalancer } from "./api-balancer";
import { checkedAddress } from "./checks/address";
import type { Etcd } from "./etcd";
import type { KPaasNode } from "./node";

/** Settings of a control plane of one node. */
export interface SingleProps {
  /** Public address of the node; the certificate of the API is issued for it. */
  readonly publicAddress: string;
}

/** Settings of a control plane of several nodes. */
export interface HighlyAvailableProps {
  /** Three or five machines. The first one is the install host. */
  readonly nodes: readonly KPaasNode[];
  /**
   * Public address of the first node.
   * @default - its private address
   */
  readonly publicAddress?: string;
  /** Machines of etcd. */
  readonly etcd: Etcd;
  /** Endpoint of the API. The installer does not create it. */
  readonly loadBalancer: ApiBalancer;
}

/**
 * Defines the machines of the control plane: one, or several behind a load balancer. The first one is the install host.
 *
 * @example
 * ControlPlane.single(machine, { publicAddress: address.floatingIpAddress });
 * ControlPlane.highlyAvailable({ nodes, etcd: Etcd.stacked(), loadBalancer: ApiBalancer.at("192.168.7.5") });
 */
export class ControlPlane {
  /** One machine. While it is down, the cluster cannot be changed and starts or repairs no pods. */
  static single(node: KPaasNode, props: SingleProps): ControlPlane {
    return new ControlPlane(node, [node], props.publicAddress, undefined, undefined);
  }

  /** Three or five machines, of which one or two may be down. */
  static highlyAvailable(props: HighlyAvailableProps): ControlPlane {
    const { nodes, etcd, loadBalancer } = props;
    const [first] = nodes;
    if (first === undefined || ![3, 5].includes(nodes.length))
      throw KPS001.violation({
        given: `${nodes.length} control plane nodes`,
        fix: "give three or five, or use ControlPlane.single()",
      });
    return new ControlPlane(first, nodes, props.publicAddress ?? first.fixedAddress, etcd, loadBalancer);
  }

  private constructor(
    /** The install host. */
    readonly first: KPaasNode,

    /** Control plane nodes. */
    readonly nodes: readonly KPaasNode[],
    /** Value of the installer's variable for the public address of the first node. */
    readonly publicAddress: string,
    /** `undefined` for a single node, which has its own etcd. */
    readonly etcd: Etcd | undefined,

    /** Load balancer of the API; undefined for a single node. */
    readonly balancer: ApiBalancer | undefined,
  ) {
    checkedAddress("public address of the first control plane node", publicAddress);
  }

  /** Name or address by which clients reach the API. */
  get apiHost(): string {
    return this.balancer?.host ?? this.publicAddress;
  }
}
