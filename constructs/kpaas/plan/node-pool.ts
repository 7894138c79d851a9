import type { Size } from "../../core/size";
import type { HostPlan } from "../../openstack/network/host-plan";
import type { KPaasNode } from "./node";

/** Options of a pool. */
export interface NodePoolOptions {
  /**
   * Size of an empty volume on each machine, for Ceph.
   * @default - none
   */
  readonly rawVolume?: Size;
}

/** A pool with generated names and addresses. */
export interface PlannedPoolProps extends NodePoolOptions {
  /** Number of machines. */
  readonly nodes: number;
  /** Prefix of the names: `lab` results in `lab-worker-1`. */
  readonly prefix: string;
  /** Plan of the addresses; the kind with the name of the pool is used. */
  readonly hosts: HostPlan;
  /** Name of the flavor. */
  readonly flavor: string;
  /** Name of the image. */
  readonly image: string;
}

/**
 * Defines a pool of equal workers. A value type; a larger pool adds machines at its end and does not change the existing ones.
 *
 * @example
 * NodePool.planned("worker", { nodes: 3, prefix: "lab", hosts, flavor: "r2.c2m8", image: "Ubuntu Server 22.04" });
 * NodePool.of("storage", machines, { rawVolume: Size.gibibytes(500) });
 */
export class NodePool {
  /** A pool of given machines: `Instance`s, or plans of them. */
  static of(name: string, nodes: readonly KPaasNode[], options: NodePoolOptions = {}): NodePool {
    return new NodePool(name, nodes, options.rawVolume);
  }

  /** A pool of a number of machines, with names and addresses derived from their numbers. */
  static planned(name: string, props: PlannedPoolProps): NodePool {
    const { flavor, image } = props;
    const nodes = Array.from({ length: props.nodes }, (_, index) => ({
      name: `${props.prefix}-${name}-${index + 1}`,
      fixedAddress: props.hosts.address(name, index + 1),
      flavor,
      image,
    }));
    return new NodePool(name, nodes, props.rawVolume);
  }

  private constructor(
    /** Name of the pool. */
    readonly name: string,

    /** Nodes of the pool. */
    readonly nodes: readonly KPaasNode[],
    /** Size of the empty volume of each machine. */
    readonly rawVolume: Size | undefined,
  ) {}
}
