import { Rule } from "../../core/violation";

export const KMS001 = new Rule(
  "KMS001",
  "the deletion window of a key is 7 to 30 days",
  "KMS rejects other values, and data is lost when the window of its key ends",
);
export const KMS002 = new Rule("KMS002", "the rotation period of a key is 90 to 2560 days", "KMS rejects other values");
export const KMS003 = new Rule(
  "KMS003",
  "the permission of a service to use a key names its actions and restricts them by conditions",
  "otherwise the service can use the key on behalf of other accounts",
);
