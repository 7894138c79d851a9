import { Rule } from "../../core/violation";

export const EKS001 = new Rule(
  "EKS001",
  "a Kubernetes version is a minor version in the version table: other components must be compatible with it",
  "add-ons for another minor version install without an error and then fail on the changed API",
);
export const EKS002 = new Rule(
  "EKS002",
  "a cluster's version is in standard or extended support",
  "AWS creates no cluster of an older version and upgrades existing ones automatically, at an unannounced time",
);
export const EKS003 = new Rule(
  "EKS003",
  "a date is written as year, month and day: 2026-11-24",
  "it is compared with the end dates of support",
);
export const EKS004 = new Rule(
  "EKS004",
  "a public endpoint has an allowlist of public blocks; the whole internet requires Endpoint.openToTheWorld()",
  "every vulnerability in the authentication of the API server would be exposed to the internet",
);
export const EKS005 = new Rule(
  "EKS005",
  "a cluster and its nodes have subnets in at least two zones",
  "EKS rejects a control plane in one zone, and a node group in one zone fails with it",
);
export const EKS006 = new Rule(
  "EKS006",
  "every subnet of a node group has enough addresses for all nodes and pods that can run in it",
  "pods stay in ContainerCreating when the subnet is full, and only the log of the network plugin contains the reason",
);
export const EKS007 = new Rule(
  "EKS007",
  "the instance types of a node group have the architecture of its image",
  "EKS rejects the group, or a mixed group starts only part of its pods",
);
export const EKS008 = new Rule(
  "EKS008",
  "nodes run the minor version of their control plane",
  "a kubelet newer than its API server is unsupported, and an older one hides a due upgrade",
);
export const EKS009 = new Rule("EKS009", "a principal has one access entry in a cluster", "EKS rejects the second one");
export const EKS010 = new Rule(
  "EKS010",
  "an access entry has the complete ARN of a role or a user, including its path: no session, no account, no wildcard",
  "EKS stores other ARNs without an error, and no one can authenticate with them",
);
export const EKS011 = new Rule(
  "EKS011",
  "a node group has 0 to 450 nodes, min is at most max, and the desired number is between them",
  "EKS rejects the group",
);
export const EKS012 = new Rule(
  "EKS012",
  "a node's volume has 20 to 65,536 GiB",
  "the image does not fit on a smaller one, and EBS has no larger one",
);
export const EKS013 = new Rule(
  "EKS013",
  "a cluster whose version is in extended support has Support.extended()",
  "with standard support only, EKS upgrades the control plane immediately and automatically",
);
export const EKS014 = new Rule(
  "EKS014",
  "access to namespaces names at least one valid namespace",
  "EKS rejects the association after the entry has been created",
);
export const EKS015 = new Rule(
  "EKS015",
  "a service account has one role",
  "EKS rejects a second association, and a second annotation silently replaces the first",
);
export const EKS016 = new Rule(
  "EKS016",
  "an access entry has each kind of policy once, with all its namespaces",
  "EKS stores one scope per policy: the second replaces the first",
);
export const EKS017 = new Rule(
  "EKS017",
  "no group of an access entry begins with system:, eks:, aws:, amazon: or iam:",
  "EKS rejects the entry; administrators use AccessPolicy.clusterAdmin()",
);
export const EKS018 = new Rule(
  "EKS018",
  "labels and taints of nodes have valid keys and values without reserved prefixes, and EKS accepts their number",
  "EKS rejects the group after minutes, or its nodes never join: a kubelet does not start with a reserved label",
);
export const EKS019 = new Rule(
  "EKS019",
  "nodes are in subnets without a route to an internet gateway",
  "EKS rejects a group in a public subnet that assigns no public addresses, after its instances have been started",
);
export const EKS020 = new Rule(
  "EKS020",
  "the instance types of a node group have the accelerator whose drivers its image contains",
  "EKS rejects the group, or pods do not find the accelerators that are paid for",
);
export const EKS021 = new Rule(
  "EKS021",
  "the first node group of a cluster starts with a node on which CoreDNS can run",
  "EKS waits 20 minutes for CoreDNS, and then the apply fails",
);
export const EKS022 = new Rule(
  "EKS022",
  "a node group has 1 to 20 different instance types, written as family and size",
  "EKS rejects the group after the cluster has been created",
);
export const EKS023 = new Rule(
  "EKS023",
  "the id of a node group or access entry is not used by the cluster itself or by another one",
  "two constructs cannot have one address",
);
export const EKS024 = new Rule(
  "EKS024",
  "a node group has each node policy once",
  "a policy is attached to a role once; a repetition is usually a typing error",
);
export const EKS025 = new Rule(
  "EKS025",
  "a control plane is in zones of its tier that support it, each listed once",
  "EKS rejects the cluster after the network has been created",
);
export const EKS026 = new Rule(
  "EKS026",
  "IOPS and throughput of a node's volume are within the limits of gp3",
  "EC2 rejects the volume when the first node starts, and the group fails after minutes",
);
export const EKS027 = new Rule(
  "EKS027",
  "an update of a node group replaces 1 to 100 nodes at the same time",
  "EKS rejects the group",
);
export const EKS028 = new Rule(
  "EKS028",
  "the current number of nodes of an autoscaled group is between its bounds",
  "EKS rejects a minimum above and a maximum below the current number at every apply",
);
export const EKS029 = new Rule(
  "EKS029",
  "the configuration of an add-on has numbers and values that its schema accepts",
  "EKS rejects the add-on after the cluster has been created",
);
export const EKS030 = new Rule(
  "EKS030",
  "spot nodes have no price limit and no interruption of their own",
  "EKS has no such setting; it replaces interrupted nodes, and the price is at most that on demand",
);
