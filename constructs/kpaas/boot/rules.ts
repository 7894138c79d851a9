import { Rule } from "../../core/violation";

export const KPB001 = new Rule(
  "KPB001",
  "a node has a unique host name (RFC 1123 label, lower case) and a unique private IPv4 address",
  "Kubespray renames the machine to it, and of two nodes with one address the second is never installed",
);
export const KPB002 = new Rule(
  "KPB002",
  "an NFS server exports to at least one node",
  "an export without a client is open to every host",
);
export const KPB003 = new Rule(
  "KPB003",
  "the private key of the installer is a value of Terraform, not a literal",
  "it gives access to every node, and a literal would be readable in the repository and in every plan",
);
export const KPB004 = new Rule(
  "KPB004",
  "a patch has a file within the checkout, a text to find in it and a different replacement",
  "a patch that changes nothing leaves the known issue in place although it counts as fixed",
);
export const KPB005 = new Rule(
  "KPB005",
  "the variables of the installer are lines of export NAME=value, without the name ISTIO_GATEWAY_PRIVATE_IP",
  "the installer does not stop at invalid lines, and that name, even in a comment, makes it install a multi-cluster setup",
);
export const KPB006 = new Rule(
  "KPB006",
  "the domain of a portal resolves without further configuration: <address>.nip.io, or a name with a DNS record",
  "the script of the portal waits forever for its own names to resolve",
);
export const KPB007 = new Rule(
  "KPB007",
  "a session limit is a positive whole number, or -1 for no limit",
  "Keycloak accepts any text and does not enforce a limit that is not a number",
);
export const KPB008 = new Rule(
  "KPB008",
  "a first boot is requested for a machine of the plan",
  "the cluster does not wait for any other machine and does not trust it",
);
export const KPB010 = new Rule(
  "KPB010",
  "the ingress interface has an address of its subnet that is neither the gateway nor the network or broadcast address",
  "responses would be sent to a gateway that is the machine itself, or would not leave it",
);
export const KPB011 = new Rule(
  "KPB011",
  "hairpin NAT translates a public address to a different one",
  "a rule that translates an address to itself has no effect",
);
export const KPB012 = new Rule(
  "KPB012",
  "the source of the installer is an https URL, a tag and a commit",
  "git reads a text with a leading hyphen as an option, which can execute a command",
);
export const KPB013 = new Rule(
  "KPB013",
  "the addresses of a portal are an IPv4 address or a host name, and an https URL of the API",
  "the portal's scripts insert them into shell commands",
);
export const KPB020 = new Rule(
  "KPB020",
  "a pipeline requires a portal",
  "it logs in with the portal's Keycloak and stores data and images in the portal's MariaDB and Harbor",
);
export const KPB021 = new Rule(
  "KPB021",
  "the checksum of the pipeline's archive is a SHA-256 of 64 lower-case hexadecimal digits",
  "no archive has another checksum, and the first boot would report it only after an hour",
);
