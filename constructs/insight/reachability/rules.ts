import { Rule } from "../../core/violation";

export const RCH001 = new Rule(
  "RCH001",
  "an endpoint of a reachability query has addresses in the construct tree",
  "an endpoint outside of the tree would always be blocked, so that a test about it would always succeed",
);
export const RCH002 = new Rule(
  "RCH002",
  "a peer of a reachability query is the internet or a block of public IPv4 addresses",
  "the routes and security groups of private addresses are known for a subnet or a machine only",
);
export const RCH003 = new Rule(
  "RCH003",
  "a reachability query has two different endpoints, at least one of them in the construct tree",
  "the tree does not determine traffic within a machine or between two external hosts",
);
export const RCH004 = new Rule(
  "RCH004",
  "required traffic passes, or the tree does not determine it",
  "a mount of a file system whose port is closed fails minutes after a pod was started, without naming the port",
);
