import { Rule } from "../../core/violation";

export const NET001 = new Rule(
  "NET001",
  "a network's blocks are private address space",
  "hosts inside could never reach the real owners of a public range",
);
export const NET002 = new Rule(
  "NET002",
  "a VPC's blocks have prefix lengths from /16 to /28, at most five of them",
  "AWS refuses others",
);
export const NET003 = new Rule(
  "NET003",
  "a network with NAT has a public tier for it to stand in",
  "a NAT gateway in a private subnet reaches nothing",
);
export const NET004 = new Rule(
  "NET004",
  "a private tier has a way out, or says that endpoints are enough",
  "machines that cannot reach package mirrors and AWS APIs fail in ways that do not name the cause",
);
export const NET005 = new Rule(
  "NET005",
  "network ACL rules have numbers from 1 to 15999, each once in a direction",
  "AWS evaluates by number and refuses a second rule with the same one",
);
export const NET006 = new Rule(
  "NET006",
  "what an ACL lets in it lets answer",
  "network ACLs keep no state: without the way back a connection opens and then hangs",
);
export const NET007 = new Rule(
  "NET007",
  "a network ACL has at most 40 rules in a direction",
  "AWS's quota is 20 and can be raised to 40, no further",
);
export const NET008 = new Rule(
  "NET008",
  "reused elastic IPs are named for exactly the zones that have a NAT gateway",
  "a missing one would silently be replaced by a new address that no partner has allowed",
);
export const NET009 = new Rule(
  "NET009",
  "every subnet has an IPv6 number of its own",
  "two subnets cannot have the same /64",
);
export const NET010 = new Rule(
  "NET010",
  "a tier that is asked for is a tier of the network",
  "there is nothing to answer with",
);
export const NET011 = new Rule(
  "NET011",
  "an endpoint is added once",
  "AWS refuses a second private DNS name or route for the same service",
);

export const SEC001 = new Rule(
  "SEC001",
  "no administration port is open to the whole internet",
  "SSH, RDP, databases and cluster APIs on public addresses are found and tried within minutes",
);
export const SEC002 = new Rule(
  "SEC002",
  "every security group rule has a description that AWS accepts: up to 255 characters of letters, digits and ._-:/()#,@[]+=&;{}!$* and spaces",
  "a rule nobody can explain is a rule nobody dares to remove",
);
export const SEC003 = new Rule(
  "SEC003",
  "a security group allows the same traffic from the same peer once",
  "AWS refuses the second rule at apply",
);
