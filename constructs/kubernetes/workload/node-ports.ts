import { Port } from "../../core/port";

/** Ports of every node that services may have, unless an API server is told others. */
export const NODE_PORTS = Port.tcpRange(30_000, 32_767);

/** Whether a service may have a port of every node. */
export function isNodePort(port: number): boolean {
  return Number.isInteger(port) && port >= NODE_PORTS.from && port <= NODE_PORTS.to;
}
