import { Rule } from "../core/violation";

export const AWS001 = new Rule(
  "AWS001",
  "a region is one that AWS has",
  "a misspelt region fails at the first API call with a name lookup error that does not say so",
);
export const AWS002 = new Rule(
  "AWS002",
  "zones are of the region, each named once, one to six of them",
  "a subnet in a zone that does not exist is refused half-way through the network",
);
export const AWS003 = new Rule(
  "AWS003",
  "a feature that only newer AWS providers have stands in a stack that demands such a provider",
  "an older provider, also allowed by the stack's constraint, does not know the argument and stops the plan",
);
