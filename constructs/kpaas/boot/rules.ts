import { Rule } from "../../core/violation";

export const KPB001 = new Rule(
  "KPB001",
  "a node has a host name of its own by RFC 1123, in lower case, and a private IPv4 address of its own",
  "Kubespray makes the name the machine's own, and of two nodes with one address the second never answers",
);
export const KPB002 = new Rule(
  "KPB002",
  "an NFS server exports to at least one node",
  "a line without a client exports to the whole world",
);
export const KPB003 = new Rule(
  "KPB003",
  "the installer's private key is never written out",
  "it opens every node of the cluster, and whoever reads the repository or the plan would have it",
);
export const KPB004 = new Rule(
  "KPB004",
  "a patch names a file inside of the checkout, what stands there and something else to stand there",
  "a patch that changes nothing leaves the known breakage in place and says that it is gone",
);
export const KPB005 = new Rule(
  "KPB005",
  "the variables of the installer are lines of export NAME=value, without the word ISTIO_GATEWAY_PRIVATE_IP",
  "the installer's own checks cannot stop it, and by that word alone, even in a comment, it installs another cluster",
);
export const KPB006 = new Rule(
  "KPB006",
  "a portal's domain is resolvable by itself: <address>.nip.io, or a name that somebody answers for",
  "the portal's script waits for its own names without an end",
);
export const KPB007 = new Rule(
  "KPB007",
  "a session limit is a whole number, -1 for none",
  "Keycloak takes any text, and counts nothing when it is none of its numbers",
);
export const KPB008 = new Rule(
  "KPB008",
  "a machine that boots is one of its plan's",
  "a machine that nobody waits for, and that trusts nobody, is no part of the cluster",
);
export const KPB010 = new Rule(
  "KPB010",
  "the ingress' own interface has an address of its subnet that is neither the gateway's nor the subnet's own",
  "answers would leave for a gateway that is the machine itself, or never leave",
);
export const KPB011 = new Rule(
  "KPB011",
  "an inside address stands for a public one, which is another",
  "machines would be said to reach themselves, and nothing would see to it",
);
export const KPB020 = new Rule(
  "KPB020",
  "a pipeline comes on top of a portal",
  "it logs in with the portal's Keycloak, and keeps its data and images in the portal's MariaDB and Harbor",
);
export const KPB021 = new Rule(
  "KPB021",
  "a checksum of the pipeline's archive is a SHA-256 in 64 lower-case hexadecimal digits",
  "no archive ever has another one, and the first boot says so only after an hour",
);
