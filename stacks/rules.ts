import { Rule } from "@groundwork/constructs/core";

export const ENV001 = new Rule(
  "ENV001",
  "an environment file has only known keys",
  "a misspelled key is a setting that silently does not apply",
);
export const ENV002 = new Rule(
  "ENV002",
  "every value of an environment file has the type of its key, and every required key is present",
  "stacks read all settings from the file",
);
export const ENV003 = new Rule(
  "ENV003",
  "an environment file contains no secret",
  "the file is committed, and its values are written to synthesized files and state",
);
export const ENV004 = new Rule(
  "ENV004",
  "an environment with stacks on AWS has the section `aws`",
  "the stacks could be deployed to any account",
);
export const ENV005 = new Rule(
  "ENV005",
  "a name refers to an existing section, repository, tier or site of the same file",
  "the stack that reads it fails during the apply, or waits for an image that nothing creates",
);
export const ENV006 = new Rule(
  "ENV006",
  "a name belongs to one resource of an account, and to one environment",
  "the service rejects the second resource, or two environments manage the same one",
);
export const ENV007 = new Rule(
  "ENV007",
  "an image of a repository with immutable tags has a version as its tag",
  "`latest` could be pushed once and never again",
);
export const ENV008 = new Rule(
  "ENV008",
  "a cluster and its network are in one region",
  "a cluster cannot use subnets of another region",
);
export const ENV009 = new Rule(
  "ENV009",
  "an identifier has the form that its service requires",
  "the service rejects it during the apply, after other resources have been created",
);
export const ENV010 = new Rule(
  "ENV010",
  "an instance type has an existing size, and nodes are large enough for the pods that every node runs",
  "EKS reports the error after about fifteen minutes, or the node has no capacity for an application",
);
export const ENV011 = new Rule(
  "ENV011",
  "placeholders are replaced before the first deployment",
  "they belong to no one, or to someone else",
);
export const ENV012 = new Rule(
  "ENV012",
  "networks of one account do not overlap",
  "overlapping networks can never be connected",
);
export const ENV013 = new Rule(
  "ENV013",
  "an image that no build of the environment makes has an entry in the environment's lock file of images",
  "the plan of the workloads fails without the image, and no one knows from which source an image of another origin was built",
);
