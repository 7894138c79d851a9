import { Rule } from "../../core/violation";

export const IAM001 = new Rule(
  "IAM001",
  "a document has a statement, and a statement has at least one action and the resources and principals that its kind of policy requires",
  "IAM rejects an incomplete document after the resources before it have been created",
);
export const IAM002 = new Rule(
  "IAM002",
  "a statement that allows every action on every resource is written Statement.allowEverything()",
  "two asterisks are easily overlooked in a review and grant full access to the account",
);
export const IAM003 = new Rule(
  "IAM003",
  "an action is written service:Action",
  "IAM accepts a misspelled action without an error, and the permission is missing",
);
export const IAM004 = new Rule(
  "IAM004",
  "a policy document does not exceed the size limit of its kind",
  "IAM rejects the document at apply, often far from the statement that caused its length",
);
export const IAM005 = new Rule(
  "IAM005",
  "an identity policy has no principals, and a trust policy has no resources",
  "IAM rejects the whole document as malformed",
);
export const IAM006 = new Rule(
  "IAM006",
  "a statement id is unique in its document and consists of letters and digits",
  "IAM rejects the document",
);
export const IAM007 = new Rule(
  "IAM007",
  "a role's maximum session duration is one to twelve hours",
  "IAM rejects other durations",
);
export const IAM008 = new Rule(
  "IAM008",
  "an ARN is written arn:partition:service:region:account:resource",
  "many services accept an incomplete ARN, which then matches nothing",
);
export const IAM009 = new Rule(
  "IAM009",
  "an account id has twelve digits",
  "leading zeros are lost in numbers, and a missing digit is a typing error",
);
export const IAM010 = new Rule(
  "IAM010",
  "a role has at most 20 managed policies, each once and with an id for its attachment",
  "IAM rejects more, and two attachments of one policy remove each other",
);
export const IAM011 = new Rule(
  "IAM011",
  "a resource of a statement is an ARN or *",
  "IAM rejects the whole document as malformed",
);
export const IAM012 = new Rule(
  "IAM012",
  "a trust policy for web identities names a provider and its subjects, and each subject its owner without wildcards",
  "otherwise every token of the provider, also of other customers, can assume the role",
);
export const IAM013 = new Rule(
  "IAM013",
  "a service principal is written with the domain of AWS",
  "IAM rejects the document with the error invalid principal",
);
export const IAM014 = new Rule(
  "IAM014",
  "a role or user that is a principal is written with its account and without wildcards",
  "IAM rejects the document with the error invalid principal",
);
export const IAM015 = new Rule(
  "IAM015",
  "a condition key is written prefix:name, for example aws:SourceAccount",
  "IAM rejects the whole document as malformed",
);
