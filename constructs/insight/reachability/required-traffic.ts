import type { IConstruct } from "constructs";
import type { Port } from "../../core/port";
import { reachability } from "./reachability";
import type { TrafficEndpoint } from "./reader/endpoint-resolver";
import { RCH004 } from "./rules";

/** Traffic without which a deployment does not work. */
export interface RequiredTraffic {
  /** Source of the connections. */
  readonly from: TrafficEndpoint;
  /** Destination of the connections. */
  readonly to: TrafficEndpoint;
  /** Port of the destination. */
  readonly port: Port;
}

/**
 * Rejects the synthesis of a construct tree in which traffic is blocked, also in part, such as that of nodes to the file system of their pods. Evaluated
 * at synthesis, when all rules and routes exist.
 *
 * Errors: RCH001 to RCH004.
 *
 * @example requireTraffic(stack, { from: nodeGroup, to: fileSystem, port: Port.tcp(2049) });
 */
export function requireTraffic(scope: IConstruct, { from, to, port }: RequiredTraffic): void {
  scope.node.addValidation({
    validate: () => {
      const outcome = reachability(scope).from(from).to(to, port);
      if (outcome.passes || outcome.verdict === "unknown") return [];
      const fix = "open the port on both ends, or add the missing route; the hops above contain the reason";
      return [RCH004.violation({ at: scope, given: outcome.toString(), fix }).message];
    },
  });
}
