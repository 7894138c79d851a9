import { Port } from "../../core/port";

/** The API server's default range of node ports. */
export const NODE_PORTS = Port.tcpRange(30_000, 32_767);

/** Whether a port is in the default range of node ports. */
export function isNodePort(port: number): boolean {
  return Number.isInteger(port) && port >= NODE_PORTS.from && port <= NODE_PORTS.to;
}
