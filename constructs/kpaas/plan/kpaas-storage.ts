import { KPS005 } from "../rules";
import type { KPaasNode } from "./node";
import type { NodePool } from "./node-pool";

/** Number of Ceph monitors, each on a separate node. */
const MONITORS = 3;

/**
 * Defines where the volumes of pods are stored. Both kinds create the default storage class `cp-storageclass`.
 *
 * @example KPaasStorage.nfs({ server: machine }); KPaasStorage.rookCeph({ on: pool })
 */
export class KPaasStorage {
  /** On one NFS server. Volumes that are deleted in the cluster stay on the server. */
  static nfs(props: { readonly server: KPaasNode }): KPaasStorage {
    return new KPaasStorage("nfs", props.server, undefined);
  }

  /** On the empty volumes of a pool, with Ceph. Ceph uses every empty disk of every node. */
  static rookCeph(props: { readonly on: NodePool }): KPaasStorage {
    const { name, nodes, rawVolume } = props.on;
    const reject = (given: string, fix: string) => KPS005.violation({ given: `Ceph on pool "${name}" ${given}`, fix });
    if (nodes.length < MONITORS) throw reject(`of ${nodes.length}`, `give the pool ${MONITORS} nodes or more`);
    if (rawVolume === undefined)
      throw reject("without raw volumes", "set rawVolume: Size.gibibytes(100), and give each machine that data disk");
    return new KPaasStorage("rook-ceph", undefined, props.on);
  }

  /** Default storage class of both kinds. */
  readonly storageClass = "cp-storageclass";
  /** Directory that the cluster mounts from an NFS server; hard-coded in the installer. */
  readonly exportPath = "/home/share/nfs";

  private constructor(
    /** Value of the installer's variable. */
    readonly kind: "nfs" | "rook-ceph",

    /** Node that serves files over NFS; undefined without NFS. */
    readonly nfsServer: KPaasNode | undefined,

    /** Pool of the machines with Ceph; undefined without Ceph. */
    readonly cephPool: NodePool | undefined,
  ) {}
}
