import { Files } from "../../boot/files";
import { Packages } from "../../boot/packages";
import type { BootPart } from "../../boot/part";
import { Steps } from "../../boot/steps";
import { programText } from "../../boot/program-text";
import { Violations } from "../../core/violation";
import { joined } from "./joined";
import type { ClusterNode } from "./node";
import { nodeViolations } from "./node";
import { KPB002 } from "./rules";

/** Where the installer's storage class looks for it; the path is fixed upstream. */
const DIRECTORY = "/home/share/nfs";

/** As the installer's guide has them: a pod's root stays root, and writes are acknowledged before they are on the disk. */
const OPTIONS = "rw,no_root_squash,async";

/** What an NFS server is made of. */
export interface NfsServerProps {
  /** Control planes and workers of the cluster. Machines with etcd alone mount nothing. */
  readonly nodes: readonly ClusterNode[];
}

/**
 * Defines what makes a machine the cluster's NFS server: packages, the exported directory, and exports for exactly the cluster's
 * nodes. A value: `CloudInit.with` takes it.
 *
 * @example CloudInit.ubuntu().with(NfsServer.exportingTo({ nodes: [{ name: "lab-cluster1", address: "192.168.7.11" }] }))
 */
export class NfsServer implements BootPart {
  /** Exports to these nodes and to nobody else. */
  static exportingTo({ nodes }: NfsServerProps): NfsServer {
    if (nodes.length === 0) throw KPB002.violation({ given: "no node", fix: "give the cluster's nodes" });
    Violations.throwIfAny(nodeViolations(nodes));
    return new NfsServer(nodes);
  }

  /** Text of `/etc/exports`. */
  readonly exports: string;
  readonly sections: BootPart["sections"];

  private constructor(nodes: readonly ClusterNode[]) {
    // No space before the options: with one they would be everybody's, and the node would have none.
    this.exports = nodes.map(({ address }) => `${DIRECTORY} ${address}(${OPTIONS})\n`).join("");
    this.sections = joined(
      // `portmap`, which the guide names, is `rpcbind` under its old name.
      Packages.of("nfs-common", "nfs-kernel-server", "rpcbind"),
      Files.text("/etc/kpaas/exports", this.exports),
      Steps.script("nfs-server", programText("kpaas", "nfs-server.sh")),
    );
  }
}
