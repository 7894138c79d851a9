import type { KPaasNode } from "./node";

/**
 * Defines where the cluster's memory lives when the control plane has several nodes.
 *
 * @example Etcd.stacked(); Etcd.external(machines)
 */
export class Etcd {
  /** On the control plane nodes themselves. */
  static stacked(): Etcd {
    return new Etcd("stacked", []);
  }

  /** On machines of its own: as many as there are control plane nodes. */
  static external(nodes: readonly KPaasNode[]): Etcd {
    return new Etcd("external", nodes);
  }

  private constructor(
    /** As the installer writes it. */
    readonly type: "stacked" | "external",
    readonly nodes: readonly KPaasNode[],
  ) {}
}
