import { Rule } from "../core/violation";

export const AWS001 = new Rule(
  "AWS001",
  "a region is an AWS region",
  "a misspelled region fails at the first API call with a DNS error that does not name the cause",
);
export const AWS002 = new Rule(
  "AWS002",
  "a network has one to six zones of its region, each listed once",
  "AWS rejects a subnet in an unknown zone in the middle of an apply",
);
export const AWS003 = new Rule(
  "AWS003",
  "a stack that uses a feature of newer AWS providers requires such a provider",
  "an older provider that the stack's constraint allows does not know the argument, and the plan fails",
);
export const AWS004 = new Rule(
  "AWS004",
  "a log group keeps its records for one of the periods that CloudWatch Logs offers",
  "CloudWatch Logs rejects other numbers of days",
);
export const AWS005 = new Rule(
  "AWS005",
  "an existing resource is given by its id: the prefix of its kind and up to 17 hexadecimal digits",
  "EC2 rejects a name, an ARN or the id of another kind of resource in the middle of an apply",
);
export const AWS006 = new Rule(
  "AWS006",
  "the accepted versions of the AWS provider are a version constraint of Terraform",
  "Terraform rejects another text when it is initialized",
);
