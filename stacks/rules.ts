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
