import type { Size } from "../core/size";
import type { HostPlan } from "../openstack/network/host-plan";
import type { KPaasNode } from "./node";

/** What the machines of a pool have beside the usual. */
export interface NodePoolOptions {
  /**
   * An empty volume on each, for Ceph.
   * @default - none
   */
  readonly rawVolume?: Size;
}

/** A pool whose names and addresses are planned. */
export interface PlannedPoolProps extends NodePoolOptions {
  /** How many machines. */
  readonly nodes: number;
  /** What their names begin with: `lab` makes `lab-worker-1`. */
  readonly prefix: string;
  /** Where their addresses come from: the room with the pool's name. */
  readonly hosts: HostPlan;
  /** Name of their flavor. */
  readonly flavor: string;
  /** Name of the image they start from. */
  readonly image: string;
}

/**
 * Defines workers of one kind. A value; to make it larger adds machines at its end and changes none before.
 *
 * @example
 * NodePool.planned("worker", { nodes: 3, prefix: "lab", hosts, flavor: "r2.c2m8", image: "Ubuntu Server 22.04" });
 * NodePool.of("storage", machines, { rawVolume: Size.gibibytes(500) });
 */
export class NodePool {
  /** Machines that are known one by one: `Instance`s, or plans of them. */
  static of(name: string, nodes: readonly KPaasNode[], options: NodePoolOptions = {}): NodePool {
    return new NodePool(name, nodes, options.rawVolume);
  }

  /** So many machines of a kind, named and addressed by their numbers. */
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
    readonly name: string,
    readonly nodes: readonly KPaasNode[],
    /** Size of the empty volume that each of them has. */
    readonly rawVolume: Size | undefined,
  ) {}
}
