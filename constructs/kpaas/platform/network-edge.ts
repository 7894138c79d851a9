import type { ITerraformDependable } from "cdktf";
import type { Peer } from "../../core/peer";
import type { BastionHost } from "../../openstack/administration/bastion-host";
import type { IngressNic } from "../cluster/kpaas-cluster";
import type { AddressRange } from "../plan/address-range";
import type { ClusterPlan } from "../plan/cluster-plan";
import type { ControlPlane } from "../plan/control-plane";
import type { Exposure } from "../plan/exposure";
import type { PlatformMachines } from "./platform-machines";
import type { PlatformNetwork } from "./platform-network";

/** Inputs of a network edge. */
export interface EdgeProps {
  readonly network: PlatformNetwork;
  readonly machines: PlatformMachines;
  readonly serviceAddresses: AddressRange;
  /** Creates a bastion host of a flavor in the public subnet. */
  readonly createBastion: (flavor: string) => BastionHost;
}

/** Access of administrators and clients to a platform: inputs of the plan, and resources that depend on the plan. */
export interface NetworkEdge {
  readonly controlPlane: ControlPlane;
  readonly exposure: Exposure;
  /** Public address for SSH of administrators. */
  readonly bastionAddress: string;
  /** Peers that may connect to the services of the cluster. */
  readonly clients: readonly Peer[];
  /** The ingress interface of the first control plane node, if any. */
  readonly ingress?: IngressNic;
  /** Adds the plan's listeners to the load balancers; returns the resources that have to exist before the machines. */
  addListeners(plan: ClusterPlan): readonly ITerraformDependable[];
}
