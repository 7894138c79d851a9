import { Rule } from "../core/violation";

export const KUB001 = new Rule(
  "KUB001",
  "a Helm release names one version of its chart",
  "a range or nothing at all means another chart tomorrow, and a plan that differs from the one that was reviewed",
);
export const KUB002 = new Rule(
  "KUB002",
  "a Helm release is given at least five minutes",
  "an atomic release that is cut short rolls itself back, and images of add-ons take minutes on a fresh node",
);
export const KUB003 = new Rule(
  "KUB003",
  "the values of a Helm release are texts, numbers, truth values, lists and objects",
  "a list that only Terraform knows cannot be written into a text; its elements can",
);
export const KUB004 = new Rule(
  "KUB004",
  "an image called latest, or without a tag, is pulled always",
  "nodes would go on running whichever image they happened to pull first, each its own",
);
export const KUB005 = new Rule(
  "KUB005",
  "a port of a pod or Service is a whole number from 1 to 65535, its name at most 15 lower-case letters, digits and hyphens",
  "the API server refuses anything else",
);
export const KUB006 = new Rule(
  "KUB006",
  "a node port lies in 30000 to 32767",
  "the API server refuses others, and not even its dry run says so",
);
export const KUB007 = new Rule(
  "KUB007",
  "a container requests no more than its limit",
  "the API server refuses it, and a scheduler could not keep the promise",
);
export const KUB008 = new Rule(
  "KUB008",
  "a number of replicas is a whole number from 1 to 1000",
  "none at all is a service that answers nobody",
);
export const KUB009 = new Rule(
  "KUB009",
  "a disruption budget leaves at least one pod that may go",
  "a node with the others could never be drained, so no upgrade of the cluster would end",
);
export const KUB010 = new Rule(
  "KUB010",
  "an autoscaler's bounds are whole numbers from 1, the lower one not above the upper",
  "the API server refuses bounds that cross, and zero needs a feature that clusters do not have",
);
export const KUB011 = new Rule(
  "KUB011",
  "what is scaled by CPU requests CPU",
  "utilization is a percentage of the request: without one the autoscaler reads <unknown> and never scales",
);
export const KUB012 = new Rule(
  "KUB012",
  "what an autoscaler scales has no number of replicas of its own",
  "each apply would set the number back, in the middle of the load that raised it",
);
export const KUB013 = new Rule(
  "KUB013",
  "an autoscaler aims at 1 to 100 percent of what its pods request",
  "less is nothing, and more counts on capacity that nobody has reserved",
);
export const KUB014 = new Rule(
  "KUB014",
  "an HTTP path starts with / and holds no blanks, * or ?",
  "a kubelet and a load balancer would ask for something else than the service answers",
);
export const KUB015 = new Rule(
  "KUB015",
  "an amount of CPU is a whole number of millicores above zero",
  "Kubernetes counts in thousandths of a core and refuses finer ones",
);
export const KUB016 = new Rule(
  "KUB016",
  "every Kubernetes resource of a stack is of a type that can be rendered as its API object",
  "a manifest that is left out is one that nobody reviews",
);
export const KUB017 = new Rule(
  "KUB017",
  "a folder that a container may write to is an absolute path, said once",
  "the API server refuses anything else, and two volumes of one name",
);

export const ING001 = new Rule(
  "ING001",
  "the name of an ingress group is at most 63 lower-case letters, digits, hyphens and dots, and starts and ends with a letter or digit",
  "the controller ignores the Ingress otherwise, and no load balancer appears",
);
export const ING002 = new Rule(
  "ING002",
  "a member's order is a whole number from -1000 to 1000",
  "one member outside makes the controller stop for the whole group",
);
export const ING003 = new Rule(
  "ING003",
  "no two members of a group have the same order",
  "names would then decide which rule comes first, and a rename would change the routing",
);
export const ING004 = new Rule(
  "ING004",
  "no two members of a group answer the same host, path and path type",
  "the later one would never be asked",
);
export const ING005 = new Rule(
  "ING005",
  "a member that answers everything comes last",
  "members behind it would never be asked",
);
export const ING006 = new Rule(
  "ING006",
  "the name of a load balancer is at most 32 letters, digits and hyphens, none at its ends, and does not start with internal-",
  "AWS refuses it, and only the controller's log says so",
);
export const ING007 = new Rule(
  "ING007",
  "HTTP is redirected to a port of the group that speaks HTTPS",
  "the controller stops for the whole group, or sends visitors where nobody listens",
);
export const ING008 = new Rule(
  "ING008",
  "a group that listens for HTTPS has a certificate",
  "the listener cannot be made without one",
);
export const ING009 = new Rule(
  "ING009",
  "a certificate is of ACM in the region of the cluster",
  "a load balancer takes certificates of its own region only",
);
export const ING010 = new Rule(
  "ING010",
  "targets that are instances are reached at a node port",
  "a Service of type ClusterIP has nothing that an instance could answer at",
);
export const ING011 = new Rule(
  "ING011",
  "a member says nothing about the load balancer itself",
  "two members that differ there stop the controller for the whole group",
);
export const ING012 = new Rule(
  "ING012",
  "a group has at least one member",
  "the load balancer exists only as long as an Ingress asks for it",
);
export const ING013 = new Rule(
  "ING013",
  "a group listens on at least one port, on each with one protocol",
  "the controller stops for the whole group when one port is to speak both",
);
export const ING014 = new Rule(
  "ING014",
  "who may connect to a load balancer is said in address blocks and prefix lists",
  "the controller knows no other way; a group among them would be left out in silence",
);
export const ING015 = new Rule(
  "ING015",
  "tags and attributes of a group hold no comma, and their keys no equals sign",
  "the controller reads them from one text, where these mark where the next one begins",
);
