import { Rule } from "../../core/violation";

export const ELB001 = new Rule(
  "ELB001",
  "a load balancer has subnets in at least two zones, one for each zone",
  "AWS rejects an application load balancer in one zone, and two subnets in one zone, in the middle of an apply",
);
export const ELB002 = new Rule(
  "ELB002",
  "each port of a load balancer has one listener",
  "AWS rejects the second listener in the middle of an apply",
);
export const ELB003 = new Rule(
  "ELB003",
  "a target group belongs to load balancers of one kind, and has their protocol",
  "AWS rejects the listener in the middle of an apply",
);
export const ELB004 = new Rule(
  "ELB004",
  "the health check of a target group has a path for HTTP, and times and counts within the bounds of AWS",
  "AWS rejects other values; a path that does not exist makes every target unhealthy",
);
export const ELB005 = new Rule(
  "ELB005",
  "the certificates of a listener are certificates of ACM in the region of the load balancer",
  "AWS rejects certificates of other regions, such as those of CloudFront in us-east-1",
);
export const ELB006 = new Rule(
  "ELB006",
  "the settings of a load balancer are within the bounds of AWS",
  "AWS rejects other values in the middle of an apply",
);
export const ELB007 = new Rule(
  "ELB007",
  "a rule of a listener has conditions in the syntax of AWS, and a priority from 1 to 50000 that no other rule of the listener has",
  "AWS rejects other rules, and of two rules with one condition the second is never used",
);
