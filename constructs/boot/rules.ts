import { Rule } from "../core/violation";

export const BOO001 = new Rule(
  "BOO001",
  "user data keeps to its cloud's limit",
  "the cloud refuses the machine after its network, its disks and its roles have been created",
);
export const BOO002 = new Rule(
  "BOO002",
  "a file has an absolute path outside of /tmp that nothing else writes, and a mode of three or four octal digits",
  "/tmp is emptied while cloud-init runs, and of two files with one path the last wins without a word",
);
export const BOO003 = new Rule(
  "BOO003",
  "a package is named as its distribution names it",
  "cloud-init goes on after a package that is not there, and everything behind it fails somewhere else",
);
export const BOO004 = new Rule(
  "BOO004",
  "an SSH key is a public key: its type, its base64 text, and maybe a comment",
  "a mangled key locks everybody out of the machine; a private one is readable by whoever can describe it",
);
export const BOO005 = new Rule(
  "BOO005",
  "a user has a name of lower-case letters, digits, hyphens and underscores, used once",
  "the system refuses other names, and cloud-init goes on without the user",
);
export const BOO006 = new Rule(
  "BOO006",
  "a step and a unit have names of their own, of lower-case letters, digits and hyphens",
  "the name is the file's, the marker's, and what a failure is reported under",
);
export const BOO007 = new Rule(
  "BOO007",
  "user data holds no secret",
  "every process on the machine and everybody who may describe it can read it, and it lies in Terraform's state",
);
export const BOO008 = new Rule(
  "BOO008",
  "a value in a settings file is one line without quotes",
  "shell and systemd read quotes by different rules",
);
