import { Rule } from "./violation";

export const CID001 = new Rule(
  "CID001",
  "an address block is written as four decimal numbers and a prefix length",
  "anything else is read differently by different tools: 010.0.0.0 is octal to some and decimal to others",
);
export const CID002 = new Rule(
  "CID002",
  "an address block starts at its own first address",
  "clouds either refuse host bits or drop them silently, and then the plan is wrong in every place that quotes it",
);

export const PLN001 = new Rule(
  "PLN001",
  "every tier fits into the block it is cut from",
  "a subnet outside its network is refused by the cloud half-way through an apply",
);
export const PLN002 = new Rule(
  "PLN002",
  "no two tiers share addresses",
  "overlapping subnets are refused, and a slot that moves to make room would replace every subnet behind it",
);
export const PLN003 = new Rule(
  "PLN003",
  "zones are single letters from a to h, each named once",
  "the letter is the key of a zone's place in the plan; the plan keeps room for eight",
);
export const PLN004 = new Rule(
  "PLN004",
  "tier names are unique, lower case and at most 24 characters",
  "the name is the key of a tier's subnets, and part of the name of everything in it",
);
export const PLN005 = new Rule(
  "PLN005",
  "a slot is one of the equal parts that exist: the first to the last",
  "there is no ninth eighth",
);
export const PLN006 = new Rule(
  "PLN006",
  "a tier with explicit blocks names one for every zone of the network, inside the network",
  "a zone without a block would silently have no subnet",
);

export const PRT001 = new Rule(
  "PRT001",
  "a port is a whole number from 0 to 65535 and a range runs upwards",
  "clouds cut or wrap other numbers, and then a rule opens something else",
);
export const PER001 = new Rule(
  "PER001",
  "a peer is an address block, a prefix list, a group, or the word for the whole internet",
  "0.0.0.0/0 typed as a block looks like any other block in a review",
);
export const DIM001 = new Rule(
  "DIM001",
  "a size or duration is a whole number above zero that its unit can express",
  "clouds bill by whole units and round in their own favour",
);
export const NAM001 = new Rule(
  "NAM001",
  "a physical name keeps to the letters and the length of the service it is for",
  "the service refuses it at apply, after other things have been created",
);
export const TAG001 = new Rule(
  "TAG001",
  "a tag keeps to the cloud's limits: key up to 128 characters, value up to 256, no aws: prefix, at most 50 on one thing",
  "one bad tag makes the whole creation fail",
);
