/** The target of a subnet's default route. */
export const NO_EGRESS = "no egress";

/** Egress through a NAT gateway of a zone. */
export function natEgress(zone: string): string {
  return `egress through the NAT gateway in ${zone}`;
}

/** Egress through an internet gateway or, when the route has another target, through an instance. */
export function gatewayEgress(hasGateway: boolean): string {
  return `egress through ${hasGateway ? "the internet gateway" : "an instance"}`;
}

/** The retention of a log group. */
export function retentionSummary(days: unknown): string {
  return typeof days === "number" && days > 0 ? `retention ${days} days` : "unlimited retention";
}
