/** The egress of a subnet. */
export const EGRESS = {
  gateway: "egress through the internet gateway",
  nat: "egress through the NAT gateway",
  router: "egress through the router",
  none: "no egress",
} as const;

/** A machine as one line. */
export function machineSummary(flavor: string, addresses: readonly string[], hasFloatingIp: boolean): string {
  return `${flavor} at ${[...addresses].sort().join(" and ")}${hasFloatingIp ? ", with a floating IP" : ""}`;
}
