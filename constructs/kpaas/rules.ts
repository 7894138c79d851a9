import { Rule } from "../core/violation";

export const KPS001 = new Rule(
  "KPS001",
  "a control plane has one, three or five nodes",
  "etcd needs a majority: an even number of members tolerates no more failures than one member fewer, and Kubespray rejects it",
);
export const KPS002 = new Rule(
  "KPS002",
  "external etcd has as many machines as the control plane has nodes, and none of them is a node of the cluster",
  "the installer reads as many etcd machines as there are control plane nodes",
);
export const KPS003 = new Rule(
  "KPS003",
  "a control plane of several nodes has a load balancer, given by an address or a host name",
  "the certificate of the API is issued for that name only",
);
export const KPS004 = new Rule(
  "KPS004",
  "a load balancer given by name has an address, contained in the name or given with it",
  "every node has to resolve the name before the installation starts, and the installer does not configure that",
);
export const KPS005 = new Rule(
  "KPS005",
  "Ceph runs on three workers or more, each with an empty volume in addition to its root disk",
  "Ceph places three monitors on three nodes and silently skips a disk with partitions or a file system",
);
export const KPS006 = new Rule(
  "KPS006",
  "a cluster has at least one worker, and at least three with the portal",
  "the pods of the portal do not fit on fewer nodes, and its installation waits for them forever",
);
export const KPS007 = new Rule(
  "KPS007",
  "a machine has 2 vCPUs and 8 GiB of memory or more",
  "the installer does not check either; the cluster starts and then evicts its own pods",
);
export const KPS008 = new Rule(
  "KPS008",
  "a host name is an RFC 1123 label in lower case",
  "it becomes the name of the machine and of the node, and Kubernetes accepts no other",
);
export const KPS009 = new Rule(
  "KPS009",
  "a host name belongs to one machine",
  "the inventory has one line for each name, so the second machine would be missing",
);
export const KPS010 = new Rule(
  "KPS010",
  "the address of a machine is in the cluster's subnet and is not reserved by the cloud",
  "the installer accepts any four numbers and fails half an hour later",
);
export const KPS011 = new Rule(
  "KPS011",
  "an address belongs to one machine",
  "one of two machines with the same address would be installed twice and the other never",
);
export const KPS012 = new Rule(
  "KPS012",
  "the address range of MetalLB is ascending and within the cluster's subnet",
  "the installer accepts any order and any network, and then no service gets an address",
);
export const KPS013 = new Rule(
  "KPS013",
  "the address range of MetalLB contains no address in use: machine, gateway, load balancer, ingress",
  "two hosts would respond for one address, and traffic would alternate between them",
);
export const KPS014 = new Rule(
  "KPS014",
  "no address is in 10.233.0.0/17, which the installer uses for services and pods",
  "packets for it would not leave the node",
);
export const KPS015 = new Rule(
  "KPS015",
  "the controller of NHN Cloud is installed together with Kyverno",
  "the installer waits for a pod of Kyverno before it installs the controller, and fails without one",
);
export const KPS016 = new Rule(
  "KPS016",
  "the controller of NHN Cloud runs in KR1",
  "the address of that region's API is hard-coded in its manifest",
);
export const KPS017 = new Rule(
  "KPS017",
  "a value for the installer contains only letters, digits, dots, hyphens, underscores and at signs",
  "the installer inserts it unquoted into shell, sed and YAML",
);
export const KPS018 = new Rule(
  "KPS018",
  "the installer's variables do not mention an Istio gateway",
  "the installer searches the text for that name and then installs a multi-cluster setup",
);
export const KPS019 = new Rule(
  "KPS019",
  "machines start from Ubuntu 22.04",
  "the installation guide requires it; the build of Podman needs packages that 24.04 no longer has",
);
export const KPS020 = new Rule(
  "KPS020",
  "the ingress has an address of its own: that of a second interface in a known subnet, or that of a load balancer",
  "traffic to an address of a node would reach the node instead of the ingress",
);
export const KPS021 = new Rule(
  "KPS021",
  "a release is one whose known issues are listed",
  "an unknown release would be installed with the patches of another, or without any",
);
export const KPS022 = new Rule(
  "KPS022",
  "an address is written as four decimal numbers from 0 to 255",
  "the installer only checks for digits and dots, and accepts 999.1.1.1",
);
export const KPS023 = new Rule(
  "KPS023",
  "a password file is in /etc/kpaas",
  "the first boot stores it there, readable by one user, and its path is inserted into a shell command",
);
export const KPS024 = new Rule(
  "KPS024",
  "a security group is requested for a role that a machine of the cluster has",
  "a machine without its group can neither connect to others nor be reached",
);
export const KPS025 = new Rule(
  "KPS025",
  "the machines of a cluster are in the subnet and behind the floating IPs of its plan",
  "the installer gets the addresses of the plan and would not find its machines",
);
export const KPS026 = new Rule(
  "KPS026",
  "the address range of MetalLB contains no address that the cloud assigns automatically",
  "a port may have one of these addresses already, and both would respond for it",
);
export const KPS027 = new Rule(
  "KPS027",
  "the address range of MetalLB consists of no more blocks than a port of the cloud accepts address pairs",
  "every node allows each block of the range, and the cloud rejects the ports after the networks have been created",
);
export const KPS030 = new Rule(
  "KPS030",
  "the node port of a workload is from 30000 to 32767 and is not used by the ingress",
  "the API server assigns no other port, and rejects one that is in use: the workload would have no Service",
);
export const KPS031 = new Rule(
  "KPS031",
  "the image of a workload is written as registry, name and tag, without spaces",
  "the API server accepts any text; only the nodes report later that the image does not exist",
);
export const KPS032 = new Rule(
  "KPS032",
  "the first job of a delivery starts on a change or manually, each later one after the previous job or manually",
  "a job that starts without waiting for the tests could deploy a build that fails them",
);
export const KPS033 = new Rule(
  "KPS033",
  "the repository of a delivery is an https address without user and password, and a branch",
  "it is written into a list that people share",
);
export const KPS034 = new Rule(
  "KPS034",
  "the registry of a delivery is a host and a project, and its other names are single lines",
  "they are written into commands of the pipeline and into instructions that a person follows",
);
