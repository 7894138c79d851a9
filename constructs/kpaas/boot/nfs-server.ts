import { Files } from "../../boot/parts/files";
import { Packages } from "../../boot/parts/packages";
import { type BootPart, mergeSections } from "../../boot/parts/part";
import { Steps } from "../../boot/parts/steps";
import { programText } from "../../boot/program-text";
import { Violations } from "../../core/violation";
import { type ClusterNode, nodeViolations } from "./node";
import { KPB002 } from "./rules";

/** Directory of the installer's storage class; hard-coded upstream. */
const DIRECTORY = "/home/share/nfs";

/** Options of the installation guide: root of a pod stays root, and writes are acknowledged before they are on disk. */
const OPTIONS = "rw,no_root_squash,async";

/** Clients of an NFS server. */
export interface NfsServerProps {
  /** Control plane nodes and workers of the cluster. Dedicated etcd machines mount nothing. */
  readonly nodes: readonly ClusterNode[];
}

/**
 * Defines a machine as the NFS server of the cluster: packages, the exported directory, and exports for exactly the nodes of the
 * cluster. A value type for `CloudInit.with`.
 *
 * @example CloudInit.ubuntu().with(NfsServer.exportingTo({ nodes: [{ name: "lab-cluster1", address: "192.168.7.11" }] }))
 */
export class NfsServer implements BootPart {
  /** Exports to these nodes only. */
  static exportingTo({ nodes }: NfsServerProps): NfsServer {
    if (nodes.length === 0) throw KPB002.violation({ given: "no node", fix: "give the cluster's nodes" });
    Violations.throwIfAny(nodeViolations(nodes));
    return new NfsServer(nodes);
  }

  /** Text of `/etc/exports`. */
  readonly exports: string;
  /** Parts of the first-boot document that it adds. */
  readonly sections: BootPart["sections"];

  private constructor(nodes: readonly ClusterNode[]) {
    // No space before the options: with one they would apply to every host, and the node would get the defaults.
    this.exports = nodes.map(({ address }) => `${DIRECTORY} ${address}(${OPTIONS})\n`).join("");
    this.sections = mergeSections([
      // The guide's package `portmap` is now `rpcbind`.
      Packages.of("nfs-common", "nfs-kernel-server", "rpcbind"),
      Files.text("/etc/kpaas/exports", this.exports),
      Steps.script("nfs-server", programText("kpaas", "node/nfs-server.sh")),
    ]);
  }
}
