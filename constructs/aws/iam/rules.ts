import { Rule } from "../../core/violation";

export const IAM001 = new Rule(
  "IAM001",
  "a statement names at least one action, one resource and one party, wherever its kind of policy needs them",
  "IAM refuses a document with an empty list, after everything before it has been created",
);
export const IAM002 = new Rule(
  "IAM002",
  "a statement does not allow every action on every resource without saying so",
  "two asterisks look like any other statement in a review and give the account away",
);
export const IAM003 = new Rule(
  "IAM003",
  "an action is written service:Action",
  "IAM stores a misspelt action without a word, and the permission is simply missing",
);
export const IAM004 = new Rule(
  "IAM004",
  "a policy document keeps to the size of its kind",
  "IAM refuses the longer one, and the statement that broke the limit is rarely the one to blame",
);
export const IAM005 = new Rule(
  "IAM005",
  "a statement stands in a policy of its kind: one about parties on a resource, one about resources on an identity",
  "a principal in an identity's policy, or a resource in a trust policy, makes the whole document malformed",
);
export const IAM006 = new Rule(
  "IAM006",
  "a statement id is unique in its document and made of letters and digits",
  "IAM refuses the document",
);
export const IAM007 = new Rule("IAM007", "a role's session lasts from one hour to twelve", "IAM refuses other lengths");
export const IAM008 = new Rule(
  "IAM008",
  "an ARN is written arn:partition:service:region:account:resource",
  "a half-written ARN is accepted in many places and then matches nothing",
);
export const IAM009 = new Rule(
  "IAM009",
  "an account is named by its twelve digits",
  "leading zeros get lost in numbers, and eleven digits are somebody's typing error",
);
