import type { Size } from "../../core/size";

/**
 * A machine in the plan of a cluster. Machines of `openstack/` and `nhn/` implement it, and so does a plain object for a machine
 * that does not exist yet; user data has to be derived from such objects.
 */
export interface KPaasNode {
  /** Host name; becomes the name of the Kubernetes node. */
  readonly name: string;
  /** Private IPv4 address. */
  readonly fixedAddress: string;
  /** Name of the flavor. */
  readonly flavor: string;
  /** Name of the image. */
  readonly image: string;
}

/** Role of a machine. */
export type KPaasRole = "control-plane" | "worker" | "etcd" | "nfs";

/** A machine and its role. */
export interface PlannedMachine extends KPaasNode {
  /** Role of the machine in the cluster. */
  readonly role: KPaasRole;
  /** Size of the empty volume in addition to the root disk, if any. */
  readonly rawVolume?: Size;
}
