import { ComputeServergroupV2 } from "@cdktf/provider-openstack/lib/compute-servergroup-v2";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { Policy } from "../cloud";

/**
 * Defines how machines of a group stand to each other.
 *
 * @example Placement.apart()
 */
export class Placement {
  /** Each on a host of its own; a machine that finds none is not made. */
  static apart(): Placement {
    return new Placement("anti-affinity");
  }

  /** Each on a host of its own while there is one. */
  static apartIfPossible(): Placement {
    return new Placement("soft-anti-affinity");
  }

  /** All on one host. */
  static together(): Placement {
    return new Placement("affinity");
  }

  /** All on one host while it has room. */
  static togetherIfPossible(): Placement {
    return new Placement("soft-affinity");
  }

  private constructor(
    /** Nova's word for it. */
    readonly policy: Policy,
  ) {}
}

/** A group of machines that are placed with regard to each other. */
export interface IServerGroup {
  readonly serverGroupId: string;
  readonly placement: Placement;
}

export interface ServerGroupProps {
  /**
   * How its machines stand to each other.
   * @default - each on a host of its own
   */
  readonly placement?: Placement;
  /**
   * Name in the dashboard.
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/**
 * Defines a group of machines that fail apart: no two of them stand on one host.
 *
 * Creates the group; machines name it when they are made, and stay in it. Free of charge.
 *
 * @example new ServerGroup(this, "ControlPlane");
 */
export class ServerGroup extends Construct implements IServerGroup {
  readonly serverGroupId: string;
  readonly placement: Placement;

  constructor(scope: Construct, id: string, props: ServerGroupProps = {}) {
    super(scope, id);
    this.placement = props.placement ?? Placement.apart();
    const resource = new ComputeServergroupV2(this, "Resource", {
      name: props.name ?? Name.of(this).toString(),
      policies: [this.placement.policy],
    });
    this.node.defaultChild = resource;
    this.serverGroupId = resource.id;
  }
}
