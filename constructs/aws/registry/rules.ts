import { Rule } from "../../core/violation";

export const REG001 = new Rule(
  "REG001",
  "a repository keeps 1 to 100,000 images, and untagged ones for a whole number of days",
  "ECR rejects a lifecycle policy with other numbers",
);
export const REG002 = new Rule(
  "REG002",
  "tags that can move have one to five patterns of up to 128 letters, digits and ._-, with at most two asterisks",
  "ECR rejects the filter, and a pattern that matches everything would disable immutability",
);
