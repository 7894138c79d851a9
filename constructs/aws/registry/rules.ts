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
export const REG003 = new Rule(
  "REG003",
  "the source of an image is a public Git repository by its HTTPS address, and a branch, a tag or a complete commit hash",
  "the build cannot log in to a private repository, and Git would read another revision as an option or not find it",
);
export const REG004 = new Rule(
  "REG004",
  "a Dockerfile is given by its path within the source or by its text, and the build context is a directory of the source",
  "the build would read a file outside of the source, or none",
);
export const REG005 = new Rule(
  "REG005",
  "build arguments have names of letters, digits and underscores, and values of one line without secrets",
  "the arguments are readable in the project, in the log and in the image",
);
export const REG006 = new Rule(
  "REG006",
  "a build has one to two platforms, each once, and a timeout of 5 minutes to 36 hours in whole minutes",
  "CodeBuild rejects another timeout, and an image has one variant for each platform",
);
export const REG007 = new Rule(
  "REG007",
  "the tag of an image has at most 128 letters, digits, periods, underscores and hyphens, and begins with a letter, digit or underscore",
  "the registry rejects the image at the end of the build",
);
