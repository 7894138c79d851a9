import { ComputeServergroupV2 } from "@groundwork/provider-openstack/lib/compute-servergroup-v2";
import { Construct } from "constructs";
import type { Policy } from "../cloud";
import { displayName } from "../display-name";
import { REQUIRED_NAME } from "../limits";

/**
 * Defines the placement policy of a server group.
 *
 * @example Placement.apart()
 */
export class Placement {
  /** Each machine on a different host; a machine is not created if no host is left. */
  static apart(): Placement {
    return new Placement("anti-affinity");
  }

  /** Each machine on a different host, if enough hosts exist. */
  static apartIfPossible(): Placement {
    return new Placement("soft-anti-affinity");
  }

  /** All machines on the same host. */
  static together(): Placement {
    return new Placement("affinity");
  }

  /** All machines on the same host, if it has the capacity. */
  static togetherIfPossible(): Placement {
    return new Placement("soft-affinity");
  }

  private constructor(
    /** Name of the policy in Nova. */
    readonly policy: Policy,
  ) {}
}

/** A server group: machines with a common placement policy. */
export interface IServerGroup {
  /** Id of the server group. */
  readonly serverGroupId: string;
  /** Placement policy of the group. */
  readonly placement: Placement;
}

/** Properties of {@link ServerGroup}. */
export interface ServerGroupProps {
  /**
   * Placement policy of the machines.
   * @default - `Placement.apart()`: each machine on a different host
   */
  readonly placement?: Placement;
  /**
   * Name in the dashboard.
   * @default - derived from the construct's path
   */
  readonly name?: string;
}

/**
 * Defines a server group, whose machines run on different hosts by default, so that a failing host affects one machine.
 *
 * Creates the group. A machine joins it when it is created and cannot leave it. Cost: free of charge.
 *
 * Errors: TXT001.
 *
 * @example new ServerGroup(this, "ControlPlane");
 */
export class ServerGroup extends Construct implements IServerGroup {
  /** Id of the server group. */
  readonly serverGroupId: string;
  /** Placement policy of the group. */
  readonly placement: Placement;

  constructor(scope: Construct, id: string, props: ServerGroupProps = {}) {
    super(scope, id);
    this.placement = props.placement ?? Placement.apart();
    const resource = new ComputeServergroupV2(this, "Resource", {
      name: displayName(this, props.name, REQUIRED_NAME),
      policies: [this.placement.policy],
    });
    this.node.defaultChild = resource;
    this.serverGroupId = resource.id;
  }
}
