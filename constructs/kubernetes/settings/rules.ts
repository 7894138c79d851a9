import { Rule } from "../../core/violation";

export const KUB036 = new Rule(
  "KUB036",
  "settings have at least one value, names of letters, digits, hyphens, dots and underscores, and at most 1 MiB",
  "the API server rejects anything else",
);
export const KUB037 = new Rule(
  "KUB037",
  "secrets have names such as DB_PASSWORD, and references by name, ARN or path",
  "names become environment variables and files; a text with other characters is a value in the wrong place",
);
