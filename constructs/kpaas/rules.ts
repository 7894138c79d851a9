import { Rule } from "../core/violation";

export const KPS001 = new Rule(
  "KPS001",
  "a control plane has one node, or three or five",
  "etcd elects by majority: an even number tolerates no more failures than one less, and Kubespray refuses it",
);
export const KPS002 = new Rule(
  "KPS002",
  "external etcd has as many machines as there are control plane nodes, and none of them is in the cluster",
  "the installer counts them by the number of control plane nodes, and reads no further",
);
export const KPS003 = new Rule(
  "KPS003",
  "a control plane of several nodes has a load balancer, named by an address or a host name",
  "the API's certificate is made for that name alone",
);
export const KPS004 = new Rule(
  "KPS004",
  "a load balancer's name says its address, in itself or beside it",
  "every node has to resolve it before the installation starts, and nothing in the installer sees to that",
);
export const KPS005 = new Rule(
  "KPS005",
  "Ceph stands on three workers or more, each with an empty volume beside its root disk",
  "three monitors are placed on three nodes, and a disk with partitions or a file system is passed over without a word",
);
export const KPS006 = new Rule(
  "KPS006",
  "a cluster has a worker, and three of them for the portal",
  "the portal's pods do not fit on fewer, and its installation waits for them without an end",
);
export const KPS007 = new Rule(
  "KPS007",
  "a machine has 2 processors and 8 GiB of memory or more",
  "the installer looks at neither; the cluster comes up and then evicts its own pods",
);
export const KPS008 = new Rule(
  "KPS008",
  "a host name is an RFC 1123 label in lower case",
  "it becomes the machine's name and the node's, and Kubernetes takes no other",
);
export const KPS009 = new Rule(
  "KPS009",
  "a host name belongs to one machine",
  "the inventory has one line for a name, and the second machine is left out",
);
export const KPS010 = new Rule(
  "KPS010",
  "a machine's address lies in the cluster's subnet and is none that the cloud keeps",
  "the installer takes any four numbers, and fails half an hour later",
);
export const KPS011 = new Rule(
  "KPS011",
  "an address belongs to one machine",
  "one of the two would be installed twice and the other never",
);
export const KPS012 = new Rule(
  "KPS012",
  "MetalLB's range runs upwards inside the cluster's subnet",
  "the installer takes it in any order and from anywhere, and then no service gets an address",
);
export const KPS013 = new Rule(
  "KPS013",
  "MetalLB's range holds no address that somebody has: machine, gateway, load balancer, ingress",
  "two answer for one address, and which of them is asked changes by the minute",
);
export const KPS014 = new Rule(
  "KPS014",
  "nothing has addresses in 10.233.0.0/17, where the installer puts services and pods",
  "packets for it would stay inside of the node",
);
export const KPS015 = new Rule(
  "KPS015",
  "NHN Cloud's controller is installed together with Kyverno",
  "the installer waits for a pod of Kyverno before it installs the controller, and fails without one",
);
export const KPS016 = new Rule(
  "KPS016",
  "NHN Cloud's controller runs in KR1",
  "the address of that region's API is written into what is installed",
);
export const KPS017 = new Rule(
  "KPS017",
  "a value for the installer has letters, digits, dots, hyphens, underscores and at signs",
  "it is put unquoted into a shell, into sed and into YAML",
);
export const KPS018 = new Rule(
  "KPS018",
  "the installer's variables mention no gateway of Istio",
  "the installer searches the text for that name and then installs a cluster of several clusters",
);
export const KPS019 = new Rule(
  "KPS019",
  "machines start from Ubuntu 22.04",
  "it is the one the installation guide names; Podman's build has packages that 24.04 no longer has",
);
export const KPS020 = new Rule(
  "KPS020",
  "the ingress has an address of its own: that of an extra interface in a known subnet, or that of a load balancer",
  "an address that a node has already answers for the node",
);
export const KPS021 = new Rule(
  "KPS021",
  "a release is one whose breakages are known",
  "an unknown one is installed with the patches of another, or with none",
);
export const KPS022 = new Rule(
  "KPS022",
  "an address is written as four decimal numbers from 0 to 255",
  "the installer counts digits and dots, and lets 999.1.1.1 pass",
);
export const KPS023 = new Rule(
  "KPS023",
  "a password's file lies in /etc/kpaas",
  "the first boot puts it there for one user to read, and its path is put into a shell",
);
export const KPS024 = new Rule(
  "KPS024",
  "a security group is asked for by what some machine of the cluster is there for",
  "a machine without its group reaches nobody, and is reached by nobody",
);
export const KPS025 = new Rule(
  "KPS025",
  "a cluster's machines stand in the subnet and behind the floating IPs that its plan says",
  "the installer is told the plan, and looks for its machines where nobody is",
);
export const KPS026 = new Rule(
  "KPS026",
  "MetalLB's addresses are none that the cloud hands out by itself",
  "a port of somebody's may have one of them already, and both answer for it",
);
export const KPS030 = new Rule(
  "KPS030",
  "a workload's node port lies from 30000 to 32767 and is not the ingress'",
  "the API server gives out no other, and what the ingress has it gives to nobody: the workload would have no service",
);
export const KPS031 = new Rule(
  "KPS031",
  "a workload's image is written as registry, name and tag, without spaces",
  "the API server takes any text, and the nodes say only afterwards that there is no such image",
);
export const KPS032 = new Rule(
  "KPS032",
  "the first job of a delivery starts on a change or by hand, each later one after the one before it or by hand",
  "what starts by itself without waiting for the tests is what they were to keep out",
);
export const KPS033 = new Rule(
  "KPS033",
  "a delivery's repository is an https address without a user or a password, and a branch",
  "it is written into a list that people pass on",
);
