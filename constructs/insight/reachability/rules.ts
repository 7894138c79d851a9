import { Rule } from "../../core/violation";

export const RCH001 = new Rule(
  "RCH001",
  "a question about traffic is about something that has addresses in the tree",
  "a place that the tree does not hold would count as shut, and a test about it would hold whatever is built",
);
export const RCH002 = new Rule(
  "RCH002",
  "a question about traffic names the internet, or a block of it, in IPv4",
  "private blocks are somebody's: which routes and groups they have is known of a subnet or a machine and not of a number",
);
export const RCH003 = new Rule(
  "RCH003",
  "a question about traffic has two ends, of which one stands in the tree",
  "what passes between a machine and itself, or between strangers, is nothing that the tree decides",
);
