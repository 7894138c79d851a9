import { Rule } from "../core/violation";

export const BOO001 = new Rule(
  "BOO001",
  "user data does not exceed its cloud's limit",
  "the cloud rejects the machine after its network, disks and roles have been created",
);
export const BOO002 = new Rule(
  "BOO002",
  "a file has a unique absolute path outside /tmp, a mode of three or four octal digits and an owner",
  "/tmp is emptied while cloud-init runs, and of two files with the same path the last silently wins",
);
export const BOO003 = new Rule(
  "BOO003",
  "a package has a valid name of its distribution",
  "cloud-init continues after a missing package, and later steps fail with unrelated errors",
);
export const BOO004 = new Rule(
  "BOO004",
  "an SSH key is a public key: type, base64 text and an optional comment",
  "a damaged key locks everyone out of the machine, and a private key in user data is readable by everyone who can describe it",
);
export const BOO005 = new Rule(
  "BOO005",
  "a user has a unique name of lower-case letters, digits, hyphens and underscores, groups with such names, and a shell with an absolute path",
  "the system rejects other names, and cloud-init continues without the user",
);
export const BOO006 = new Rule(
  "BOO006",
  "a step and a unit have unique names of lower-case letters, digits and hyphens",
  "the name is used for the file, the completion marker and failure reports",
);
export const BOO007 = new Rule(
  "BOO007",
  "user data contains no secret",
  "it is readable by every process on the machine, by everyone who can describe the machine, and in Terraform's state",
);
export const BOO008 = new Rule(
  "BOO008",
  "a value in a settings file is a single line without quotes and control characters",
  "shells and systemd interpret quotes differently",
);
export const BOO009 = new Rule(
  "BOO009",
  "a program is one of the library's own",
  "the machine's first boot would run an empty file",
);
export const BOO010 = new Rule(
  "BOO010",
  "the settings of a systemd unit are single lines with valid names of users and units and absolute paths",
  "a line break in a value adds further settings to the unit, which runs as root",
);
export const BOO011 = new Rule(
  "BOO011",
  "a download of a first boot has an https URL and the SHA-256 of its content",
  "it is executed as root, and a changed file would be executed as well",
);
