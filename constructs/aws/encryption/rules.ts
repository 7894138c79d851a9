import { Rule } from "../../core/violation";

export const KMS001 = new Rule(
  "KMS001",
  "a key waits from 7 to 30 days between the order to delete it and its end",
  "KMS takes no other number, and what the key encrypted is lost when the time is over",
);
export const KMS002 = new Rule(
  "KMS002",
  "a key's material is renewed every 90 to 2560 days",
  "KMS takes no other number",
);
