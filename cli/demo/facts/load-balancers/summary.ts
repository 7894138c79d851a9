import type { Fact } from "../fact";

/** A load balancer. */
export interface BalancerSummary {
  readonly scheme: string;
  /** Such as `HTTP 80`. */
  readonly listeners: readonly string[];
}

/** A rule of a load balancer. */
export interface RuleSummary {
  readonly patterns: readonly string[];
  /** Service that receives the requests. */
  readonly service: string;
}

/** All load balancers of a group: there should be one. */
export function balancerFact(group: string, balancers: readonly BalancerSummary[]): Fact {
  const value = balancers.map(({ scheme, listeners }) => `${scheme}, ${listeners.join(" and ")}`).join("; ");
  return { subject: `load balancer of ${group}`, value };
}

/** A rule with its priority. */
export function ruleFact(group: string, priority: number | string, { patterns, service }: RuleSummary): Fact {
  return { subject: `rule ${priority} of ${group}`, value: `${patterns.join(", ")} → ${service}` };
}
