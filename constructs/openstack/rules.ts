import { Rule } from "../core/violation";

export const OST001 = new Rule(
  "OST001",
  "a subnet lies in its network, is a /28 or larger and shares no address with another one",
  "Neutron accepts smaller and overlapping ones, and then routers and machines disagree about who is where",
);
export const OST002 = new Rule(
  "OST002",
  "a fixed address lies in its subnet and is none that the cloud keeps or hands out by itself",
  "the port is refused, or another machine has got the address a second earlier",
);
export const OST003 = new Rule(
  "OST003",
  "a fixed address belongs to one port",
  "the second port is refused after everything before it has been made",
);
export const OST004 = new Rule(
  "OST004",
  "a floating IP stands in front of one port, in a subnet that has a way from the internet",
  "without a gateway the cloud refuses to connect it, and a second port takes it away from the first",
);
export const OST005 = new Rule(
  "OST005",
  "a router leads to a subnet once, and by hops inside of the subnets it is connected to",
  "a second interface of a subnet has no address left, and an unreachable hop is refused",
);
export const OST006 = new Rule(
  "OST006",
  "no administration port is open to the whole internet",
  "SSH, RDP, databases and cluster APIs on public addresses are found and tried within minutes",
);
export const OST007 = new Rule(
  "OST007",
  "every security group rule has a description of 1 to 255 characters",
  "a rule nobody can explain is a rule nobody dares to remove",
);
export const OST008 = new Rule(
  "OST008",
  "a security group allows the same traffic from the same peer once, and names blocks and groups",
  "Neutron refuses a rule that exists, and knows no lists of prefixes",
);
export const OST009 = new Rule(
  "OST009",
  "a key pair's name has at most 32 letters, digits and hyphens, and it is made of a public key",
  "clouds of the family agree on no more, and a key that the cloud makes lies in Terraform's state with its private half",
);
export const OST010 = new Rule(
  "OST010",
  "a flavor is named as its cloud names flavors",
  "a flavor that does not exist is found out when the machine is made",
);
export const OST011 = new Rule(
  "OST011",
  "a disk has a size that its flavor and its cloud take, and a type where the cloud has several",
  "the volume is refused while the machine is being built, and the machine ends in ERROR",
);
export const OST012 = new Rule(
  "OST012",
  "a machine has no more network interfaces than its cloud takes",
  "the machine is refused after its ports have been made",
);
export const OST013 = new Rule(
  "OST013",
  "a port that exists brings its own security groups, and they are known where ways are to be opened",
  "the cloud would ignore groups of the machine without a word",
);
export const OST014 = new Rule(
  "OST014",
  "what a stack makes fits into the project's quotas",
  "an apply that meets a quota stops half-way",
);
export const OST015 = new Rule(
  "OST015",
  "a machine's name is a host name: up to 63 lower-case letters, digits and hyphens, beginning with a letter",
  "cloud-init sets it as the host name, and clusters take nodes by it",
);
export const OST016 = new Rule(
  "OST016",
  "what is asked of a cloud is something it has",
  "not every cloud of the family has separate volumes, load balancers, firewall groups and every placement",
);
export const OST017 = new Rule(
  "OST017",
  "addresses are planned for names that are given once, in rooms that do not overlap and are not full",
  "an address that moves replaces a machine",
);
export const OST018 = new Rule(
  "OST018",
  "a load balancer listens on a port once, and sends traffic to one machine at least",
  "Octavia refuses a second listener, and one without members answers 503",
);
export const OST019 = new Rule(
  "OST019",
  "an image is named by its exact name, or by the beginning that its dated names share",
  "an empty name finds whatever the cloud has put up last",
);
export const OST020 = new Rule(
  "OST020",
  "the addresses that a cloud hands out by itself lie in their subnet, and neither its own address nor its gateway's is among them",
  "Neutron refuses such a pool after the network has been made",
);
export const OST021 = new Rule(
  "OST021",
  "the blocks that administrators come from are named",
  "machines that only a bastion reaches are out of reach when nobody reaches the bastion",
);
export const OST022 = new Rule(
  "OST022",
  "a health check is over before the next one begins",
  "the cloud refuses a check that waits longer, after the balancer has been made",
);
