import { Rule } from "../../../core/violation";

export const ADD001 = new Rule(
  "ADD001",
  "what is in a cluster is put there by another apply than the one that makes the cluster",
  "a provider that is told of a cluster which does not exist yet connects to localhost, or to nothing",
);
export const ADD002 = new Rule(
  "ADD002",
  "an add-on that calls AWS says whose identity it has, and one that does not call it has none",
  "without one it takes the node's, which every pod of the node then shares",
);
export const ADD003 = new Rule(
  "ADD003",
  "an add-on that runs as ordinary pods is made after nodes, one that nodes need is made before them",
  "the first waits twenty minutes for a node and fails; without the second no node ever becomes ready",
);
export const ADD004 = new Rule(
  "ADD004",
  "an add-on is made once in a cluster",
  "EKS refuses the second, or the two take turns in overwriting each other",
);
export const ADD005 = new Rule(
  "ADD005",
  "the network plugin does not get its identity from pods",
  "the agent that hands out identities needs a node, and the node needs the network plugin first",
);
export const ADD006 = new Rule(
  "ADD006",
  "a pinned add-on version is written v1.2.3-eksbuild.4, and kube-proxy has the minor of its cluster",
  "EKS refuses the version after the cluster has been made",
);
export const ADD007 = new Rule(
  "ADD007",
  "the cluster autoscaler has the minor of its cluster",
  "it simulates the scheduler of its own minor and would predict what another one does",
);
export const ADD008 = new Rule(
  "ADD008",
  "a release of the load balancer controller is one that this library has the IAM policy of",
  "a newer controller with an older policy fails with AccessDenied in the middle of making a load balancer",
);
export const ADD009 = new Rule(
  "ADD009",
  "a release of cert-manager supports the cluster's version, or is asked for as unsupported",
  "its webhook stands before every certificate in the cluster",
);
export const ADD010 = new Rule(
  "ADD010",
  "the parameters of an ingress class are what the controller takes: no empty list, subnets in pairs, certificates of ACM",
  "its own webhook does not look at them when they come with the chart, and a wrong one stops every ingress of the class",
);
export const ADD011 = new Rule(
  "ADD011",
  "a port of Fluent Bit is a whole number from 1024 to 65535",
  "it shares the ports of its node, and lower ones are not its to take",
);
