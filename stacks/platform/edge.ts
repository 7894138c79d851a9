import type { Peer } from "@groundwork/constructs/core/peer";
import type { ClusterPlan } from "@groundwork/constructs/kpaas/plan/cluster-plan";
import type { ControlPlane } from "@groundwork/constructs/kpaas/plan/control-plane";
import type { Exposure } from "@groundwork/constructs/kpaas/plan/exposure";
import type { IngressNic } from "@groundwork/constructs/kpaas/cluster/kpaas-cluster";
import type { ITerraformDependable } from "cdktf";
import type { PlatformSettings } from "../environments/decoders/platform";
import type { Ground } from "./ground";
import type { PlatformMachines } from "./machines";

/** What a way to a platform is made from. */
export interface EdgeProps {
  readonly ground: Ground;
  readonly machines: PlatformMachines;
  readonly serviceAddresses: PlatformSettings["serviceAddresses"];
}

/** How administrators and visitors come to a platform: what of it the plan has to know, and what is made after the plan. */
export interface Edge {
  readonly controlPlane: ControlPlane;
  readonly exposure: Exposure;
  /** Where administrators log in. */
  readonly bastionAddress: string;
  /** Who comes to the nodes with what is for the cluster's services. */
  readonly clients: readonly Peer[];
  /** The second interface of the first control plane, where it has one. */
  readonly ingress?: IngressNic;
  /** Makes what the plan wants to be balanced, and answers what has to stand before the cluster. */
  balance(plan: ClusterPlan): readonly ITerraformDependable[];
}
