import { Rule } from "@groundwork/constructs/core/violation";

export const ENV001 = new Rule(
  "ENV001",
  "an environment file has no key that nothing reads",
  "a misspelt key is a setting that silently does not apply",
);
export const ENV002 = new Rule(
  "ENV002",
  "every value of an environment file is of the kind its key asks for, and none that is needed is missing",
  "the file is the only thing a deployment differs by",
);
export const ENV003 = new Rule(
  "ENV003",
  "an environment file holds no secret",
  "the file is committed, and what it says ends up in synthesized files and state",
);
