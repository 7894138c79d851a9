import type { Place, Violation } from "../../core/violation";
import { isNodePort } from "./node-ports";
import { KUB006 } from "../rules";

/**
 * Defines from where a Service can be reached.
 *
 * @example Exposure.inCluster(); Exposure.onNodes(30087)
 */
export class Exposure {
  /** An address of the cluster's own, for pods and for load balancers with `TargetType.IP`. */
  static inCluster(): Exposure {
    return new Exposure("ClusterIP", undefined);
  }

  /** A port of every node, 30000 to 32767; the cluster chooses one that is free unless it is said. */
  static onNodes(nodePort?: number): Exposure {
    return new Exposure("NodePort", nodePort);
  }

  private constructor(
    readonly type: "ClusterIP" | "NodePort",
    readonly nodePort: number | undefined,
  ) {}

  /** What is wrong with the node port. */
  violations(at: Place): Violation[] {
    const { nodePort } = this;
    if (nodePort === undefined || isNodePort(nodePort)) return [];
    return [KUB006.violation({ at, given: `node port ${nodePort}`, fix: "use a port from 30000 to 32767" })];
  }
}
