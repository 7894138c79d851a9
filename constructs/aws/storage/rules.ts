import { Rule } from "../../core/violation";

export const STO001 = new Rule(
  "STO001",
  "a bucket's name keeps to S3's rules for names",
  "S3 refuses it at apply; a name with dots is accepted and then fails TLS on every call",
);
export const STO002 = new Rule(
  "STO002",
  "a bucket's name is given once in the whole tree",
  "names are unique in the world: the second creation fails, or takes over the first bucket",
);
export const STO003 = new Rule(
  "STO003",
  "a policy for everybody stands on a bucket that lets the public in",
  "S3 refuses the policy with 403 while the public access block is on",
);
export const STO004 = new Rule(
  "STO004",
  "a bucket with a website endpoint takes plain HTTP and no key of the account's own",
  "the endpoint speaks nothing but HTTP to readers nobody knows: they would all get 403",
);
export const STO005 = new Rule(
  "STO005",
  "a bucket does not log into itself",
  "every record would be written about writing a record",
);
export const STO006 = new Rule(
  "STO006",
  "objects are kept for at least one whole day, and each kind of object has a time of its own",
  "S3 counts lifecycle time in days",
);
