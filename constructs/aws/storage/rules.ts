import { Rule } from "../../core/violation";

export const STO001 = new Rule(
  "STO001",
  "a bucket name follows the naming rules of S3, and contains dots only when the bucket has a website endpoint",
  "S3 rejects other names at apply, and TLS fails on every request to a bucket with dots in its name",
);
export const STO002 = new Rule(
  "STO002",
  "a bucket name is unique in the construct tree",
  "bucket names are globally unique: the second creation fails or takes over the first bucket",
);
export const STO003 = new Rule(
  "STO003",
  "a bucket with a public policy allows public access",
  "S3 rejects the policy with 403 while the public access block is enabled",
);
export const STO004 = new Rule(
  "STO004",
  "a bucket with a website endpoint accepts plain HTTP and has no customer managed key",
  "the endpoint supports only HTTP and anonymous readers: all of them would receive 403",
);
export const STO005 = new Rule(
  "STO005",
  "a bucket does not store its own access logs",
  "each delivered record would cause another record",
);
export const STO006 = new Rule(
  "STO006",
  "lifecycle retention is given in whole days",
  "S3 counts lifecycle time in days",
);
export const STO007 = new Rule(
  "STO007",
  "an object has a key of 1 to 1,024 bytes without a leading slash, empty parts or .., and a bucket has one object with it",
  "S3 rejects other keys, and two resources with one key overwrite each other's object",
);
export const STO008 = new Rule(
  "STO008",
  "files move to cheaper storage after one of the times that EFS offers, to Archive later than to Infrequent Access",
  "EFS rejects other times",
);
export const STO009 = new Rule(
  "STO009",
  "an access point has a path of at most four levels, a user and octal permissions",
  "EFS rejects other values in the middle of an apply",
);
export const STO010 = new Rule(
  "STO010",
  "a file system is mounted at an absolute path by a first boot of Amazon Linux",
  "only its repository has the mount helper of EFS, without which there is no TLS, and the client of Lustre",
);
export const STO011 = new Rule(
  "STO011",
  "a file system has one mount target in each zone of its tier",
  "EFS rejects a second mount target in a zone, and clients in a zone without one cannot resolve its name",
);
export const STO012 = new Rule(
  "STO012",
  "a backup plan has rules with names of their own, times, and a retention that AWS Backup accepts",
  "AWS Backup rejects other plans, and a schedule that never occurs makes no backups",
);
export const STO013 = new Rule(
  "STO013",
  "a backup plan selects resources by tags or ARNs",
  "a plan without a selection makes no backups, which is noticed at the first restore",
);
export const STO014 = new Rule(
  "STO014",
  "a Lustre file system has 1200 GiB or a multiple of 2400 GiB, and a key only with persistent storage",
  "FSx rejects other sizes and keys, minutes after the start",
);
export const STO015 = new Rule(
  "STO015",
  "links of a Lustre file system are at most 8 directories, none in another, with prefixes that end with a slash",
  "FSx rejects others after it has created the file system",
);
