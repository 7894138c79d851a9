import type { Size } from "../core/size";

/**
 * A machine as the cluster's model sees it. Machines of `openstack/` and `nhn/` are such; so is a plan of one that does not
 * exist yet, which is what its user data has to be made from.
 */
export interface KPaasNode {
  /** Host name: becomes the node's. */
  readonly name: string;
  /** Address by which the other machines know it. */
  readonly fixedAddress: string;
  /** Name of its flavor. */
  readonly flavor: string;
  /** Name of the image it starts from. */
  readonly image: string;
}

/** What a machine is there for. */
export type KPaasRole = "control-plane" | "worker" | "etcd" | "nfs";

/** A machine and what it is there for. */
export interface PlannedMachine extends KPaasNode {
  readonly role: KPaasRole;
  /** Size of the empty volume that it has beside its root disk; nothing when it has none. */
  readonly rawVolume?: Size;
}
