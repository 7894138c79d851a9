import { Rule } from "../core/violation";

export const KUB001 = new Rule(
  "KUB001",
  "a Helm release specifies one version of its chart",
  "a version range, or no version, installs another chart later and produces a plan that differs from the reviewed one",
);
export const KUB002 = new Rule(
  "KUB002",
  "the timeout of a Helm release is at least five minutes",
  "an atomic release that times out rolls back, and pulling the images of an add-on takes minutes on a new node",
);
export const KUB003 = new Rule(
  "KUB003",
  "the values of a Helm release are strings, numbers, booleans, lists and objects",
  "a list that is known only after apply cannot be rendered into the values document; its elements can",
);
export const KUB004 = new Rule(
  "KUB004",
  "an image with the tag latest, or without a tag, has the pull policy Always",
  "otherwise each node runs the version that it pulled first",
);
export const KUB005 = new Rule(
  "KUB005",
  "a port of a pod or Service is a whole number from 1 to 65535, its name at most 15 lower-case letters, digits and hyphens",
  "the API server rejects anything else",
);
export const KUB006 = new Rule(
  "KUB006",
  "a node port is in the range 30000 to 32767",
  "the API server rejects other ports, and a dry run does not report it",
);
export const KUB007 = new Rule(
  "KUB007",
  "a container's requests do not exceed its limits",
  "the API server rejects it, because the scheduler would reserve more than the container may use",
);
export const KUB008 = new Rule(
  "KUB008",
  "the number of replicas is a whole number from 1 to 1000",
  "a service without pods serves no requests",
);
export const KUB009 = new Rule(
  "KUB009",
  "a disruption budget allows at least one pod to be evicted",
  "otherwise nodes with these pods cannot be drained, and an upgrade of the cluster does not complete",
);
export const KUB010 = new Rule(
  "KUB010",
  "the bounds of an autoscaler are whole numbers with 1 ≤ min ≤ max",
  "the API server rejects a minimum above the maximum, and a minimum of zero needs an alpha feature gate",
);
export const KUB011 = new Rule(
  "KUB011",
  "the target of an autoscaler has a CPU request",
  "utilization is a percentage of the request: without a request the metric is <unknown> and the autoscaler does nothing",
);
export const KUB012 = new Rule(
  "KUB012",
  "the target of an autoscaler has no fixed number of replicas",
  "each apply would reset the number, also under the load that raised it",
);
export const KUB013 = new Rule(
  "KUB013",
  "the CPU target of an autoscaler is 1 to 100 percent of the request",
  "a target above 100 percent relies on capacity that is not reserved",
);
export const KUB014 = new Rule(
  "KUB014",
  "an HTTP path starts with / and contains no whitespace, * or ?",
  "kubelets and load balancers would request another path than the service serves",
);
export const KUB015 = new Rule(
  "KUB015",
  "an amount of CPU is a whole number of millicores above zero",
  "the smallest unit of Kubernetes is one millicore",
);
export const KUB016 = new Rule(
  "KUB016",
  "every Kubernetes resource of a stack has a type that can be rendered as its API object",
  "a manifest that is left out is not reviewed",
);
export const KUB017 = new Rule(
  "KUB017",
  "a writable directory of a container is an absolute path, given once",
  "the API server rejects relative paths and two volumes with the same name",
);

export const ING001 = new Rule(
  "ING001",
  "the name of an ingress group is at most 63 lower-case letters, digits, hyphens and dots, and starts and ends with a letter or digit",
  "otherwise the controller ignores the Ingress and creates no load balancer",
);
export const ING002 = new Rule(
  "ING002",
  "the order of a member is a whole number from -1000 to 1000",
  "one member outside of the range stops reconciliation of the whole group",
);
export const ING003 = new Rule(
  "ING003",
  "no two members of a group have the same order",
  "the controller would order them by name, so that a rename changes the routing",
);
export const ING004 = new Rule(
  "ING004",
  "no two members of a group match the same host, path and path type",
  "the second rule would never match",
);
export const ING005 = new Rule(
  "ING005",
  "a member that matches every request has the highest order",
  "rules after it would never match",
);
export const ING006 = new Rule(
  "ING006",
  "the name of a load balancer is at most 32 letters, digits and hyphens, does not start or end with a hyphen, and does not start with internal-",
  "AWS rejects it, and only the controller's log shows the error",
);
export const ING007 = new Rule(
  "ING007",
  "the redirect port is one of the group's HTTPS listeners",
  "otherwise the controller stops reconciling the whole group, or redirects clients to a port without a listener",
);
export const ING008 = new Rule(
  "ING008",
  "a group with an HTTPS listener has a certificate",
  "the listener cannot be created without one",
);
export const ING009 = new Rule(
  "ING009",
  "a certificate is an ACM certificate in the region of the cluster",
  "a load balancer accepts certificates of its own region only",
);
export const ING010 = new Rule(
  "ING010",
  "the Service behind targets of type instance has a node port",
  "a Service of type ClusterIP is not reachable on an instance",
);
export const ING011 = new Rule(
  "ING011",
  "a member has no annotations about the load balancer itself",
  "two members with different values stop reconciliation of the whole group",
);
export const ING012 = new Rule(
  "ING012",
  "a group has at least one member",
  "the load balancer exists only while an Ingress belongs to the group",
);
export const ING013 = new Rule(
  "ING013",
  "a group has at least one listener, and each port has one protocol",
  "two protocols on one port stop reconciliation of the whole group",
);
export const ING014 = new Rule(
  "ING014",
  "inbound peers of a load balancer are address blocks and prefix lists",
  "the controller has no annotation for source security groups and would ignore one silently",
);
export const ING015 = new Rule(
  "ING015",
  "tags and attributes of a group contain no comma, and their keys no equals sign",
  "the controller parses them from one comma-separated list",
);
