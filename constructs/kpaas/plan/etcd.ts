import type { KPaasNode } from "./node";

/**
 * Defines the machines of etcd for a control plane with several nodes.
 *
 * @example Etcd.stacked(); Etcd.external(machines)
 */
export class Etcd {
  /** On the control plane nodes. */
  static stacked(): Etcd {
    return new Etcd("stacked", []);
  }

  /** On separate machines, as many as there are control plane nodes. */
  static external(nodes: readonly KPaasNode[]): Etcd {
    return new Etcd("external", nodes);
  }

  private constructor(
    /** Value of the installer's variable. */
    readonly type: "stacked" | "external",

    /** Machines of etcd; empty when it runs on the control plane. */
    readonly nodes: readonly KPaasNode[],
  ) {}
}
