import { Rule } from "../../core/violation";

export const EKS001 = new Rule(
  "EKS001",
  "a Kubernetes version is a minor that this library knows: what else runs in a cluster has to fit it",
  "add-ons of another minor install without complaint and then misread the API",
);
export const EKS002 = new Rule(
  "EKS002",
  "a cluster's version is in standard or extended support",
  "AWS makes no cluster of an older one, and upgrades those that exist by itself, on a day of its own choosing",
);
export const EKS003 = new Rule(
  "EKS003",
  "a day is written as year, month and day: 2026-11-24",
  "support ends are compared with it",
);
export const EKS004 = new Rule(
  "EKS004",
  "a public endpoint names who may reach it; the whole internet is a word of its own",
  "the API server would answer anybody, and every hole in its authentication would be open to all",
);
export const EKS005 = new Rule(
  "EKS005",
  "a cluster and its nodes have subnets in at least two zones",
  "EKS refuses a control plane in one zone, and a node group in one goes down with it",
);
export const EKS006 = new Rule(
  "EKS006",
  "every subnet of a node group holds the addresses of all nodes and pods that can end up in it",
  "pods stay in ContainerCreating when the subnet is full, and only the network plugin's log says why",
);
export const EKS007 = new Rule(
  "EKS007",
  "the instance types of a node group have the processor that its image is made for",
  "EKS refuses the group, or a mixed one starts half of its pods",
);
export const EKS008 = new Rule(
  "EKS008",
  "nodes run the minor version of their control plane",
  "a kubelet newer than its API server is unsupported, and older ones only hide the upgrade that is due",
);
export const EKS009 = new Rule(
  "EKS009",
  "a principal has one access entry in a cluster",
  "EKS refuses the second one, or it was made by EKS itself and belongs to nobody's code",
);
export const EKS010 = new Rule(
  "EKS010",
  "an access entry names a role or a user by its own ARN: no session, no account, no path of IAM Identity Center",
  "EKS stores other ARNs without a word, and nobody can log in by them",
);
export const EKS011 = new Rule(
  "EKS011",
  "a node group has from 0 to 450 nodes, its bounds do not cross, and it wants a number between them",
  "EKS refuses the group",
);
export const EKS012 = new Rule(
  "EKS012",
  "a node's volume has at least 20 GiB",
  "the image does not fit on a smaller one",
);
export const EKS013 = new Rule(
  "EKS013",
  "a cluster whose version is in extended support pays for it",
  "standard support only means that EKS upgrades the control plane now, unasked",
);
export const EKS014 = new Rule(
  "EKS014",
  "access to namespaces names at least one",
  "EKS refuses the association after the entry has been made",
);
export const EKS015 = new Rule(
  "EKS015",
  "a service account has one role",
  "EKS refuses a second association, and a second annotation replaces the first without a word",
);
export const EKS016 = new Rule(
  "EKS016",
  "an access entry has each kind of policy once, with all its namespaces",
  "EKS keeps one scope for a policy: the second replaces the first",
);
export const EKS017 = new Rule(
  "EKS017",
  "groups of an access entry are your own: none begins with system:, eks:, aws:, amazon: or iam:",
  "EKS refuses the entry; for administrators there is a policy",
);
