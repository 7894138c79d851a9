import { Rule } from "../../core/violation";

export const REG001 = new Rule(
  "REG001",
  "a repository keeps from 1 to 100,000 images, and untagged ones for at least a whole day",
  "ECR refuses a lifecycle policy with other numbers",
);
export const REG002 = new Rule(
  "REG002",
  "tags that may move are named by one to five patterns of up to 128 letters, digits and ._-, with at most two asterisks",
  "ECR refuses the filter, and a pattern that matches everything would undo what the repository was told to keep",
);
