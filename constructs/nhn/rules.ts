import { Rule } from "../core/violation";

export const NHN001 = new Rule(
  "NHN001",
  "a VPC's block is inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  "NHN Cloud rejects other blocks, including those that are private on other clouds",
);
export const NHN002 = new Rule("NHN002", "a VPC's block is a /24 or larger", "NHN Cloud rejects smaller blocks");
export const NHN003 = new Rule(
  "NHN003",
  "a subnet is inside its VPC and is a /28 or larger",
  "NHN Cloud rejects other subnets after it has created the VPC",
);
export const NHN004 = new Rule(
  "NHN004",
  "no two subnets of a VPC share addresses",
  "NHN Cloud rejects the second subnet in the middle of an apply",
);
export const NHN005 = new Rule(
  "NHN005",
  "a VPC has at most 10 subnets and 10 routing tables, and a routing table at most 10 routes",
  "these are the cloud's quotas; the eleventh fails at apply",
);
export const NHN006 = new Rule(
  "NHN006",
  "an internet gateway is attached to one routing table",
  "NHN Cloud rejects a second attachment",
);
export const NHN007 = new Rule(
  "NHN007",
  "a NAT gateway is in a subnet whose routing table has an internet gateway",
  "NHN Cloud rejects it in any other subnet, because it could not reach the internet",
);
export const NHN008 = new Rule(
  "NHN008",
  "a private subnet is on a routing table without an internet gateway, a public subnet on a table with one",
  "only the table determines whether a subnet is public; the declared access would be wrong",
);
export const NHN009 = new Rule(
  "NHN009",
  "a network ACL's rules have orders from 102 to 32764, each used once",
  "NHN Cloud reserves the other orders, evaluates rules by their order, and rejects a second rule with the same order",
);
export const NHN010 = new Rule(
  "NHN010",
  "an ACL allows the replies of every connection that it allows",
  "network ACLs are stateless: without the return rule a connection opens and then hangs",
);
export const NHN011 = new Rule(
  "NHN011",
  "a network ACL's peers are IPv4 blocks, and traffic inside the VPC is controlled by rules of the destination's subnet",
  "NHN Cloud has one rule list for a whole VPC, and only for IPv4",
);
export const NHN012 = new Rule(
  "NHN012",
  "a VPC has one network ACL, which contains every subnet",
  "NHN Cloud binds one ACL to a VPC; a subnet without rules would be isolated",
);
export const NHN013 = new Rule(
  "NHN013",
  "a stack's VPCs, gateways, ACLs and ACL rules fit into the project's network quotas",
  "an apply that exceeds a quota stops halfway",
);
export const NHN014 = new Rule(
  "NHN014",
  "a service is used in a region that offers it",
  "KR1 and KR2 offer NAT gateways, and KR1, KR2 and KR3 network ACLs; the API of another region rejects them",
);
export const NHN015 = new Rule(
  "NHN015",
  "a region is a region of NHN Cloud",
  "a misspelled region has no API endpoint",
);
export const NHN016 = new Rule(
  "NHN016",
  "a routing table has one route per destination, with a next hop inside its VPC",
  "an attached internet gateway provides the route 0.0.0.0/0, and NHN Cloud rejects a next hop that it cannot reach",
);
export const NHN017 = new Rule(
  "NHN017",
  "a floating IP is connected to a port in a subnet whose routing table has an internet gateway",
  "NHN Cloud rejects the connection in any other subnet",
);
export const NHN018 = new Rule(
  "NHN018",
  "administrators have named blocks, and no administration port is open to the internet",
  "SSH on a public address is found and attacked within minutes, and the bastion reaches every private machine",
);
export const NHN019 = new Rule(
  "NHN019",
  "a network ACL's subnets have keys that it does not use itself",
  "the key is part of the address of each rule of the subnet",
);
export const NHN020 = new Rule(
  "NHN020",
  "a route's description has at most 256 bytes of printable characters",
  "NHN Cloud rejects a longer one, after the routing table has been created",
);
