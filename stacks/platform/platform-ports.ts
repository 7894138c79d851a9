import { Port } from "@groundwork/constructs/core/port";
import { INGRESS_NODE_PORTS } from "@groundwork/constructs/kpaas/plan/cluster-listeners";
import type { PlatformSettings } from "../environments/decoders/platform";

/** Ports that have to pass in front of a subnet, where something stands there. */
export interface PlatformPorts {
  /** What everybody may open in the public subnet. */
  readonly publicPorts: readonly Port[];
  /** What the public subnet may open in the private one. */
  readonly privatePorts: readonly Port[];
}

/** What a platform needs in front of its subnets. */
export function platformPorts({ controlPlane }: PlatformSettings): PlatformPorts {
  const web = [Port.HTTP, Port.HTTPS];
  if (controlPlane.type === "highly-available") {
    // Where the visitors' load balancer finds the ingress.
    return { publicPorts: web, privatePorts: INGRESS_NODE_PORTS.map((port) => Port.tcp(port)) };
  }
  const { sampleWorkload } = controlPlane;
  const samples = sampleWorkload === undefined ? [] : [Port.tcp(sampleWorkload.nodePort)];
  return { publicPorts: [...web, ...samples], privatePorts: [] };
}
