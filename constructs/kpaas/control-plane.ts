import { checkedAddress } from "./address";
import type { ApiBalancer } from "./api-balancer";
import type { Etcd } from "./etcd";
import type { KPaasNode } from "./node";
import { KPS001 } from "./rules";

export interface SingleProps {
  /** Its address of the internet: the API's certificate is made for it. */
  readonly publicAddress: string;
}

export interface HighlyAvailableProps {
  /** Three or five machines. The first one is the install host. */
  readonly nodes: readonly KPaasNode[];
  /**
   * The first one's address of the internet.
   * @default - none: the installer is told its address in the subnet
   */
  readonly publicAddress?: string;
  readonly etcd: Etcd;
  /** Where the API is found. Nothing in the installer makes it. */
  readonly loadBalancer: ApiBalancer;
}

/**
 * Defines the machines that run the cluster: one, or several behind a load balancer. The first is the install host.
 *
 * @example
 * ControlPlane.single(machine, { publicAddress: address.floatingIpAddress });
 * ControlPlane.highlyAvailable({ nodes, etcd: Etcd.stacked(), loadBalancer: ApiBalancer.at("192.168.7.5") });
 */
export class ControlPlane {
  /** One machine. While it is away nothing in the cluster is changed, healed or started. */
  static single(node: KPaasNode, props: SingleProps): ControlPlane {
    return new ControlPlane(node, [node], props.publicAddress, undefined, undefined);
  }

  /** Three machines or five, of which one or two may be away. */
  static highlyAvailable(props: HighlyAvailableProps): ControlPlane {
    const { nodes, etcd, loadBalancer } = props;
    const [first] = nodes;
    if (first === undefined || ![3, 5].includes(nodes.length))
      throw KPS001.violation({
        given: `${nodes.length} control plane nodes`,
        fix: "give three or five, or say ControlPlane.single()",
      });
    return new ControlPlane(first, nodes, props.publicAddress ?? first.fixedAddress, etcd, loadBalancer);
  }

  private constructor(
    /** From here everything is installed. */
    readonly first: KPaasNode,
    readonly nodes: readonly KPaasNode[],
    /** What the installer is told as the first one's address of the internet. */
    readonly publicAddress: string,
    /** Nothing when there is one node, which has its own. */
    readonly etcd: Etcd | undefined,
    readonly balancer: ApiBalancer | undefined,
  ) {
    checkedAddress("address of the internet of the first control plane node", publicAddress);
  }

  /** What clients of the API call it by. */
  get apiHost(): string {
    return this.balancer?.host ?? this.publicAddress;
  }
}
