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
  "the values of a Helm release are strings, finite numbers, booleans, lists and objects",
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
  "a disruption budget is a whole number of pods and allows at least one pod to be evicted",
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
  "the CPU target of an autoscaler is a whole number of percent of at least 1",
  "the API server rejects anything else; above 100 percent is valid, because pods may exceed their requests",
);
export const KUB014 = new Rule(
  "KUB014",
  "an HTTP path starts with / and contains no whitespace and no *; only the path of a health check has a query",
  "kubelets and load balancers would request another path than the service serves, and the API server rejects rules with // or /../",
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
  "a writable directory of a container is an absolute path other than the root, given once",
  "two volumes at one path hide each other, and a volume at the root hides the image",
);
export const KUB018 = new Rule(
  "KUB018",
  "a label has a key of the form name or prefix/name and a value of at most 63 letters, digits, hyphens, underscores and dots; pods have at least one",
  "the API server rejects other labels, and a selector without labels",
);
export const KUB019 = new Rule(
  "KUB019",
  "an annotation has a key of the form name or prefix/name, and the annotations of an object have at most 256 KiB",
  "the API server rejects anything else",
);
export const KUB020 = new Rule(
  "KUB020",
  "a Helm release names its chart, and its repository if it has one, without credentials",
  "the provider reports a missing chart only at apply",
);
export const KUB021 = new Rule(
  "KUB021",
  "the labels of a namespace do not repeat those with a prop of their own",
  "two values of one label are ambiguous",
);
export const KUB022 = new Rule(
  "KUB022",
  "a probe fails after a whole number of failures of at least 1, and its times fit in the API's fields",
  "the API server replaces 0 by 3 and rejects other numbers",
);
export const KUB023 = new Rule(
  "KUB023",
  "an image is a reference of the form [registry/]name[:tag][@digest]",
  "the API server accepts any text; pods then stay in InvalidImageName until the rollout fails",
);
export const KUB024 = new Rule(
  "KUB024",
  "the user of a container that does not run as root is a whole number from 1 to 2147483647",
  "0 is root, which the kubelet does not start, and the API server rejects other numbers",
);
export const KUB025 = new Rule(
  "KUB025",
  "a shutdown hook has a command, and the grace period fits in the API's field",
  "a failed hook ends the container at once, with the requests in progress",
);
export const KUB026 = new Rule(
  "KUB026",
  "a rollout can start or remove at least one pod, and its deadline is longer than the time until a pod is available",
  "the API server rejects anything else",
);
export const KUB027 = new Rule(
  "KUB027",
  "the name of an environment variable consists of letters, digits, underscores, hyphens and dots and does not start with a digit; its value has no null character",
  "API servers before 1.32 reject other names, and shells cannot read them",
);
export const KUB028 = new Rule(
  "KUB028",
  "a toleration has the key and the value of a taint, in the form of a label",
  "the API server rejects anything else",
);
export const KUB029 = new Rule(
  "KUB029",
  "an annotation of a Service has one value",
  "members of ingress groups that route to one service would overwrite each other's health checks",
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
  "no member is shadowed: members with lower orders leave it requests, by host, path and path type",
  "the load balancer evaluates rules by their order, so that a shadowed rule never matches",
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
  "tags, attributes and subnets of a group contain no comma, and keys no equals sign",
  "the controller parses them from one comma-separated list",
);
export const ING016 = new Rule(
  "ING016",
  "the host of a member is a DNS name in lower case, or *. and one, of at most 128 characters",
  "the API server rejects other hosts, and AWS longer ones",
);
export const ING017 = new Rule(
  "ING017",
  "a health check has an interval of 5 to 300 seconds, a shorter timeout of 2 to 120 seconds, thresholds of 2 to 10 and a path of at most 1024 characters",
  "AWS rejects other target groups, and only the controller's log shows the error",
);
export const ING018 = new Rule(
  "ING018",
  "success codes are codes from 200 to 499 and ranges of them, separated by commas; gRPC codes are 0 to 99",
  "AWS rejects other target groups, and only the controller's log shows the error",
);
export const ING019 = new Rule(
  "ING019",
  "the path of a member consists of the characters and has the length that a condition of a load balancer accepts",
  "AWS rejects other rules, and only the controller's log shows the error",
);
export const ING020 = new Rule(
  "ING020",
  "each member of a group has an id of its own",
  "the id identifies the Terraform resource",
);
export const ING021 = new Rule(
  "ING021",
  "further annotations of a group are about the load balancer, and no prop sets them",
  "two values of one setting are ambiguous, and settings of one rule belong to its member",
);
export const ING022 = new Rule(
  "ING022",
  "attributes of a target group are set once, without commas, with a deregistration delay of at most 3600 seconds",
  "the controller parses them from one comma-separated list, and AWS rejects a longer delay",
);
export const ING023 = new Rule(
  "ING023",
  "the web ACL of a load balancer is the ARN of a regional WAFv2 web ACL",
  "AWS rejects others, and only the controller's log shows the error",
);
export const KUB030 = new Rule(
  "KUB030",
  "a new namespace is none of those that every cluster has",
  "the API server rejects it at apply, because it exists already",
);
export const KUB031 = new Rule(
  "KUB031",
  "a workload has one autoscaler",
  "two autoscalers with the same pods are both inactive: AmbiguousSelector",
);
export const ING024 = new Rule(
  "ING024",
  "a group with a domain has no listeners of its own and waits for its load balancer",
  "the domain determines the listeners, and its records need the host name of the load balancer",
);
