import { Rule } from "../../core/violation";

export const DNS001 = new Rule(
  "DNS001",
  "a private hosted zone has at least one network",
  "Route 53 creates a private zone only together with a VPC that can resolve it",
);
export const DNS002 = new Rule(
  "DNS002",
  "names in a private zone have an existing certificate",
  "ACM validates names through public DNS, so the validation of a new certificate fails after 75 minutes",
);
