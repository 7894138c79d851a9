import { Rule } from "../../../core/violation";

export const ADD001 = new Rule(
  "ADD001",
  "Kubernetes and Helm resources are in another stack than the one that creates their cluster",
  "a provider configured with a cluster that does not exist yet connects to localhost or fails",
);
export const ADD002 = new Rule(
  "ADD002",
  "an add-on that calls AWS has an identity, and an add-on that does not call AWS has none",
  "without an identity it would use the role of the node, whose permissions every pod of the node would share",
);
export const ADD003 = new Rule(
  "ADD003",
  "an add-on that runs as ordinary pods is created after the nodes, an add-on that nodes require before them",
  "the former would wait 20 minutes for a node and fail; without the latter no node becomes ready",
);
export const ADD004 = new Rule(
  "ADD004",
  "an add-on is defined once in a cluster",
  "EKS rejects the second one, or the two overwrite each other at every apply",
);
export const ADD005 = new Rule(
  "ADD005",
  "the network plugin does not use EKS Pod Identity",
  "the Pod Identity agent requires a node, and a node requires the network plugin first",
);
export const ADD006 = new Rule(
  "ADD006",
  "a pinned add-on version has the form v1.2.3-eksbuild.4, and kube-proxy has the minor version of its cluster",
  "EKS rejects the version only after the cluster has been created",
);
export const ADD007 = new Rule(
  "ADD007",
  "the cluster autoscaler has the minor version of its cluster",
  "it simulates the scheduler of its own minor version, whose decisions can differ from the cluster's scheduler",
);
export const ADD008 = new Rule(
  "ADD008",
  "a release of the load balancer controller is one whose IAM policy the library contains",
  "a newer controller with an older policy fails with AccessDenied while it creates a load balancer",
);
export const ADD009 = new Rule(
  "ADD009",
  "a release of cert-manager supports the cluster's version, or is explicitly unsupported",
  "its webhook validates every certificate object in the cluster",
);
export const ADD010 = new Rule(
  "ADD010",
  "parameters of an ingress class are valid for the controller: no empty list, at least two subnets, ACM certificates",
  "the controller's webhook does not validate them when the chart creates them, and an invalid one blocks every Ingress of the class",
);
export const ADD011 = new Rule(
  "ADD011",
  "the port of Fluent Bit is a whole number from 1024 to 65535",
  "Fluent Bit uses the host network of its node, where lower ports are privileged",
);
export const ADD012 = new Rule(
  "ADD012",
  "a chart has 0 to 1,000 replicas, as a whole number",
  "Kubernetes rejects the Deployment while the chart is being installed",
);
export const ADD013 = new Rule(
  "ADD013",
  "an add-on has a name of 1 to 100 letters, digits, underscores and hyphens, and a valid service account",
  "EKS rejects the add-on after the cluster has been created",
);
export const ADD014 = new Rule(
  "ADD014",
  "a load balancer controller that serves the Gateway API has release v2.14.1 or newer",
  "older releases ignore the setting, and Gateway objects stay without a load balancer",
);
