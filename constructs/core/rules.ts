import { Rule } from "./violation";

export const CID001 = new Rule(
  "CID001",
  "an address block is written as four decimal numbers and a prefix length",
  "tools disagree about other notations: 010.0.0.0 is octal for some and decimal for others",
);
export const CID002 = new Rule(
  "CID002",
  "an address block is written with its first address",
  "clouds reject host bits or drop them silently, and the plan then differs from the network",
);

export const PLN001 = new Rule(
  "PLN001",
  "every tier fits into its address block",
  "the cloud rejects a subnet outside its network in the middle of an apply",
);
export const PLN002 = new Rule(
  "PLN002",
  "blocks and tiers do not overlap",
  "clouds reject overlapping subnets, and moving a slot later replaces every subnet in it",
);
export const PLN003 = new Rule(
  "PLN003",
  "zones are single letters from a to h, each listed once",
  "the letter determines the addresses of a zone, and the plan reserves addresses for eight zones",
);
export const PLN004 = new Rule(
  "PLN004",
  "tier names are unique, lower case and at most 24 characters long",
  "the name is the key of the tier's subnets and part of the name of every resource in it",
);
export const PLN005 = new Rule(
  "PLN005",
  "a slot is one of the existing equal parts of a block",
  "a block that is divided into eight parts has no ninth part",
);
export const PLN006 = new Rule(
  "PLN006",
  "a tier with explicit blocks has one block inside the network for every zone",
  "a zone without a block would silently have no subnet",
);

export const PRT001 = new Rule(
  "PRT001",
  "a port is a whole number from 0 to 65535, and a range is in ascending order",
  "clouds truncate or wrap other numbers, and the rule then opens a different port",
);
export const PER001 = new Rule(
  "PER001",
  "a peer is an address block, a prefix list or a group; the whole internet is written Peer.anyIpv4() or Peer.anyIpv6()",
  "0.0.0.0/0 is easily overlooked among other blocks in a review",
);
export const DIM001 = new Rule(
  "DIM001",
  "a size or duration is a whole number above zero that its unit can express",
  "clouds bill whole units and round up",
);
export const NAM001 = new Rule(
  "NAM001",
  "a physical name contains only the characters that its service accepts and is not too long",
  "the service rejects the name at apply, after other resources have been created",
);
export const NAM002 = new Rule(
  "NAM002",
  "a physical name belongs to one construct",
  "the service rejects the second resource at apply, or both constructs manage the same resource",
);
export const NAM003 = new Rule(
  "NAM003",
  "a Terraform address belongs to one resource of a stack",
  "CDKTF merges two resources with one address into one, silently",
);
export const NAM004 = new Rule(
  "NAM004",
  "a Terraform address begins with a letter or an underscore",
  "Terraform does not read a configuration with another one, and CDKTF derives addresses from construct ids",
);
export const TXT001 = new Rule(
  "TXT001",
  "a text contains only the characters that its service accepts and is not too long",
  "the service rejects the text at apply, after other resources have been created",
);
export const TAG001 = new Rule(
  "TAG001",
  "a tag respects the cloud's limits: key up to 128 characters, value up to 256, no aws: prefix, at most 50 tags per resource",
  "a single invalid tag makes the creation of the resource fail",
);
