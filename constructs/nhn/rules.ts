import { Rule } from "../core/violation";

export const NHN001 = new Rule(
  "NHN001",
  "a VPC's block lies in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  "NHN Cloud refuses others, also those that other clouds count as private",
);
export const NHN002 = new Rule("NHN002", "a VPC's block is a /24 or larger", "NHN Cloud refuses smaller ones");
export const NHN003 = new Rule(
  "NHN003",
  "a subnet lies in its VPC and is a /28 or larger",
  "NHN Cloud refuses others, after the VPC has been made",
);
export const NHN004 = new Rule(
  "NHN004",
  "no two subnets of a VPC share addresses",
  "NHN Cloud refuses the second one half-way through an apply",
);
export const NHN005 = new Rule(
  "NHN005",
  "a VPC has at most 10 subnets and 10 routing tables, and a routing table at most 10 routes",
  "these are the cloud's quotas, and the eleventh fails at apply",
);
export const NHN006 = new Rule(
  "NHN006",
  "an internet gateway is attached to one routing table",
  "two tables cannot share one; the second attachment is refused",
);
export const NHN007 = new Rule(
  "NHN007",
  "a NAT gateway stands in a subnet whose routing table has an internet gateway",
  "anywhere else it reaches nothing, and NHN Cloud refuses it",
);
export const NHN008 = new Rule(
  "NHN008",
  "a private subnet is on a routing table without an internet gateway, a public one on a table with one",
  "the table alone decides whether a subnet is public; its name would say the opposite",
);
export const NHN009 = new Rule(
  "NHN009",
  "a network ACL's rules have orders from 102 to 32764, each once",
  "NHN Cloud keeps the others for itself, looks at rules by their order, and refuses a second one with the same",
);
export const NHN010 = new Rule(
  "NHN010",
  "what an ACL lets in it lets answer",
  "network ACLs keep no state: without the way back a connection opens and then hangs",
);
export const NHN011 = new Rule(
  "NHN011",
  "a network ACL's peers are IPv4 blocks, and traffic inside the VPC is decided where it arrives",
  "NHN Cloud has one list of rules for a whole VPC, and only for IPv4",
);
export const NHN012 = new Rule(
  "NHN012",
  "a VPC has one network ACL, and that names every subnet",
  "NHN Cloud binds one ACL to a VPC; a subnet without rules in it would be cut off",
);
export const NHN013 = new Rule(
  "NHN013",
  "what a stack makes fits into the quotas that NHN Cloud has for networks: VPCs, gateways, ACLs and their rules",
  "an apply that meets a quota stops half-way",
);
export const NHN014 = new Rule(
  "NHN014",
  "a service is used in a region that has it",
  "NAT gateways and network ACLs do not exist in every region of NHN Cloud",
);
export const NHN015 = new Rule("NHN015", "a region is one that NHN Cloud has", "a misspelt region has no API to ask");
export const NHN016 = new Rule(
  "NHN016",
  "a routing table leads each destination one way, through an address inside its VPC",
  "an attached internet gateway owns 0.0.0.0/0, and NHN Cloud takes no gateway that it cannot reach",
);
export const NHN017 = new Rule(
  "NHN017",
  "a floating IP stands in front of a subnet whose routing table has an internet gateway",
  "NHN Cloud refuses to connect it anywhere else",
);
export const NHN018 = new Rule(
  "NHN018",
  "a bastion's administrators come from named blocks, and nobody else administers public machines",
  "SSH on a public address is found and tried within minutes, and behind a bastion stands everything",
);
