import { Rule } from "../../core/violation";

export const NET001 = new Rule(
  "NET001",
  "a network's blocks are private address space",
  "machines in the network could not reach the real owners of a public range",
);
export const NET002 = new Rule(
  "NET002",
  "a VPC has at most five blocks, with prefix lengths from /16 to /28",
  "AWS rejects other blocks",
);
export const NET003 = new Rule(
  "NET003",
  "a network with NAT has a public tier",
  "a NAT gateway in a private subnet has no route to the internet",
);
export const NET004 = new Rule(
  "NET004",
  "a private tier has NAT, or specifies that endpoints are sufficient",
  "machines that cannot reach package mirrors and AWS APIs fail with errors that do not name the cause",
);
export const NET005 = new Rule(
  "NET005",
  "network ACL rules have numbers from 1 to 15999, unique per direction",
  "AWS evaluates rules by number and rejects a second rule with the same number",
);
export const NET006 = new Rule(
  "NET006",
  "a network ACL does not deny the return traffic of the connections that it allows",
  "network ACLs are stateless: without the return traffic a connection opens and then hangs",
);
export const NET007 = new Rule(
  "NET007",
  "a network ACL has at most 40 rules per direction",
  "the quota of AWS is 20 and can be raised to 40 at most",
);
export const NET008 = new Rule(
  "NET008",
  "existing elastic IPs are specified for exactly the zones that have a NAT gateway",
  "a missing address would silently be replaced by a new address that is on no allowlist",
);
export const NET009 = new Rule(
  "NET009",
  "every subnet has a unique IPv6 number",
  "two subnets cannot have the same /64",
);
export const NET010 = new Rule(
  "NET010",
  "a requested tier is a tier of the network",
  "the network has no subnets of an unknown tier",
);
export const NET011 = new Rule(
  "NET011",
  "a network has at most one endpoint per service",
  "AWS rejects a second private DNS name or route for the same service",
);

export const NET012 = new Rule(
  "NET012",
  "a tier does not have the name of another part of its network: nat, defaults, the network ACL of another tier, the service of an endpoint",
  "ids in a network are unique, because they become Terraform addresses",
);
export const NET013 = new Rule(
  "NET013",
  "the zone of a single NAT gateway or NAT instance is a zone of the network",
  "the gateway has its address in a public subnet of its zone, which cannot be deleted before it",
);
export const NET014 = new Rule(
  "NET014",
  "an endpoint service is given by the part of its name that follows the region",
  "the rest of the name differs between partitions and is added by the library",
);
export const NET015 = new Rule(
  "NET015",
  "the blocks of a VPC can be associated with each other",
  "AWS rejects blocks of different private ranges, of 10.0.0.0/16 next to 10.0.0.0/15, and of 172.31.0.0/16, at apply",
);
export const NET016 = new Rule(
  "NET016",
  "DHCP options contain addresses of servers, at most four of each kind and address family, and a valid domain",
  "AWS rejects other values at apply",
);
export const NET017 = new Rule(
  "NET017",
  "network ACL rules are about blocks of addresses",
  "network ACLs of AWS know neither security groups nor prefix lists",
);

export const NET018 = new Rule(
  "NET018",
  "a NAT instance has an instance type with a Graviton processor",
  "its image is built for arm64, and EC2 rejects other types at apply",
);

export const SEC001 = new Rule(
  "SEC001",
  "no administration port is open to the whole internet",
  "SSH, RDP, databases and cluster APIs on public addresses are found and attacked within minutes",
);
export const SEC002 = new Rule(
  "SEC002",
  "every security group rule has a description that AWS accepts: 1 to 255 characters of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
  "a rule without an explanation is never removed",
);
export const SEC003 = new Rule(
  "SEC003",
  "a security group allows the same traffic from the same peer only once",
  "AWS rejects the second rule at apply",
);
export const NET019 = new Rule(
  "NET019",
  "flow logs have no prefix AWSLogs in their bucket",
  "the service appends this prefix itself, and rejects it at apply",
);
