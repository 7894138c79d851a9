import type { KPaasNode } from "./node";
import type { NodePool } from "./node-pool";
import { KPS005 } from "./rules";

/** Monitors of Ceph, each on a node of its own. */
const MONITORS = 3;

/**
 * Defines where volumes of pods live. Both kinds make the default storage class `cp-storageclass`.
 *
 * @example KPaasStorage.nfs({ server: machine }); KPaasStorage.rookCeph({ on: pool })
 */
export class KPaasStorage {
  /** On one NFS server. What is deleted in the cluster stays on the server. */
  static nfs(props: { readonly server: KPaasNode }): KPaasStorage {
    return new KPaasStorage("nfs", props.server, undefined);
  }

  /** On the empty volumes of a pool, by Ceph. It takes every empty disk of every node. */
  static rookCeph(props: { readonly on: NodePool }): KPaasStorage {
    const { name, nodes, rawVolume } = props.on;
    const refuse = (given: string, fix: string) => KPS005.violation({ given: `Ceph on pool "${name}" ${given}`, fix });
    if (nodes.length < MONITORS) throw refuse(`of ${nodes.length}`, `give the pool ${MONITORS} nodes or more`);
    if (rawVolume === undefined)
      throw refuse("without raw volumes", "say rawVolume: Size.gibibytes(100), and give each machine that data disk");
    return new KPaasStorage("rook-ceph", undefined, props.on);
  }

  /** The storage class that both kinds make, and make the default. */
  readonly storageClass = "cp-storageclass";
  /** The directory that the cluster asks an NFS server for. It is written into the installer. */
  readonly exportPath = "/home/share/nfs";

  private constructor(
    /** As the installer writes it. */
    readonly kind: "nfs" | "rook-ceph",
    readonly nfsServer: KPaasNode | undefined,
    readonly cephPool: NodePool | undefined,
  ) {}
}
