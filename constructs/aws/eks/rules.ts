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
  "a public endpoint has an allowlist; the whole internet requires Endpoint.openToTheWorld()",
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
  "an access entry has the ARN of a role or a user: no session, no account, no path of IAM Identity Center",
  "EKS stores other ARNs without an error, and no one can authenticate with them",
);
export const EKS011 = new Rule(
  "EKS011",
  "a node group has 0 to 450 nodes, min is at most max, and the desired number is between them",
  "EKS rejects the group",
);
export const EKS012 = new Rule(
  "EKS012",
  "a node's volume has at least 20 GiB",
  "the image does not fit on a smaller one",
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
