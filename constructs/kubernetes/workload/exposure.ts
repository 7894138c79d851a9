import type { Location, Violation } from "../../core/violation";
import { KUB006 } from "../rules";
import { isNodePort } from "./node-ports";

/**
 * Defines where a Service can be reached.
 *
 * @example Exposure.inCluster(); Exposure.onNodes(30087)
 */
export class Exposure {
  /** A cluster IP, for pods and for load balancers with target type `ip`. */
  static inCluster(): Exposure {
    return new Exposure("ClusterIP", undefined);
  }

  /** A port on every node, from 30000 to 32767; without an argument the cluster assigns a free one. */
  static onNodes(nodePort?: number): Exposure {
    return new Exposure("NodePort", nodePort);
  }

  private constructor(
    /** Type of the Service. */
    readonly type: "ClusterIP" | "NodePort",

    /** Port on each node; undefined when Kubernetes selects it. */
    readonly nodePort: number | undefined,
  ) {}

  /** Violations of the node port. */
  violations(at: Location): Violation[] {
    const { nodePort } = this;
    if (nodePort === undefined || isNodePort(nodePort)) return [];
    return [KUB006.violation({ at, given: `node port ${nodePort}`, fix: "use a port from 30000 to 32767" })];
  }
}
