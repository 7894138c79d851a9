import { Port } from "../core/port";
import { SshTrust } from "./boot/ssh-trust";
import type { ClusterPlan } from "./cluster-plan";
import type { KPaasRole } from "./node";

/** Who is at the far end of a rule beside the cluster's own machines. */
export type Outsider =
  /** Where administrators come from. */
  | "administrators"
  /** Who uses what runs in the cluster. */
  | "clients"
  /** The first control plane node's address of the internet: what the node sends there goes out and comes in again. */
  | "own address"
  /** The ingress' address of the internet, likewise: the portal's installation asks for its own pages. */
  | "own ingress address"
  /** The load balancer of the API. */
  | "API balancer"
  /** Load balancers, whose own feet stand in the subnet. */
  | "subnet"
  | "internet";

/** One way that a cluster needs, in the direction in which it is opened. */
export interface KPaasRule {
  /** Machines that the rule is about. */
  readonly role: KPaasRole;
  readonly direction: "from" | "to";
  readonly peer: KPaasRole | Outsider;
  readonly port: Port;
  /** What it is for. */
  readonly description: string;
}

type Way = readonly [port: Port, description: string];

const SSH: Way = [Port.SSH, "SSH: the installer"];
const API: Way = [Port.tcp(6443), "the cluster's API"];
const ETCD: Way = [Port.tcpRange(2379, 2380), "etcd: clients and members"];
const KUBELET: readonly Way[] = [
  [Port.tcp(10250), "kubelet: its API"],
  [Port.tcp(10255), "kubelet: its readings"],
];
/** The guide names these three in one; kubelet is the first of them. */
const CONTROL: readonly Way[] = [
  [Port.tcpRange(10250, 10252), "kubelet, scheduler and controllers: their APIs"],
  [Port.tcp(10255), "kubelet: its readings"],
];
const NFS: readonly Way[] = [
  [Port.tcp(111), "NFS: port mapper"],
  [Port.tcp(2049), "NFS: files"],
];
const OVERLAY: Way = [Port.udp(4789), "packets between pods"];
/** Not in the guide: nodes fetch the installer's public key, which is made where it is used. */
const KEY: Way = [Port.tcp(SshTrust.PORT), "the installer's public key"];
/** Not in the guide: without it two speakers may claim one address. */
const SPEAKERS: readonly Way[] = [
  [Port.tcp(7946), "MetalLB: speakers"],
  [Port.udp(7946), "MetalLB: speakers"],
];
const SERVICES: readonly Way[] = [
  [Port.HTTP, "ingress"],
  [Port.HTTPS, "ingress"],
  [Port.tcpRange(30_000, 32_767), "node ports of services"],
];
const OUTWARD: readonly Way[] = [
  [Port.HTTP, "packages"],
  [Port.HTTPS, "packages, images and repositories"],
  [Port.DNS_TCP, "names"],
  [Port.DNS_UDP, "names"],
  [Port.udp(123), "time"],
];

const NODES = ["control-plane", "worker"] as const;

/**
 * Every way that a cluster needs, and no other: by the installation guide's table of ports (K-PaaS/container-platform,
 * cp-cluster-install-single, 2.1.4), and what follows from how it is installed.
 *
 * A rule between two of the cluster's roles is named where it comes in; the way out of the other is opened with it.
 */
export function kpaasPorts(plan: ClusterPlan): readonly KPaasRule[] {
  const roles = [...new Set(plan.machines.map(({ role }) => role))];
  return [
    ...roles.flatMap((role) => administration(role)),
    ...rules(
      "control-plane",
      "from",
      roles.filter((role) => role !== "nfs"),
      [KEY],
    ),
    ...controlPlane(plan),
    ...NODES.flatMap((role) => nodes(role, plan)),
    ...(roles.includes("etcd") ? etcd("etcd") : []),
    ...(roles.includes("nfs") ? storage() : []),
    ...roles.flatMap((role) => rules(role, "to", ["internet"], OUTWARD)),
  ];
}

function administration(role: KPaasRole): readonly KPaasRule[] {
  return rules(role, "from", ["administrators", "control-plane"], [SSH]);
}

function controlPlane({ controlPlane: { balancer, etcd: place } }: ClusterPlan): readonly KPaasRule[] {
  const role = "control-plane";
  return [
    ...rules(role, "from", ["administrators", ...NODES], [API]),
    ...rules(role, "from", NODES, CONTROL),
    ...(place?.type === "external" ? [] : rules(role, "from", [role], [ETCD])),
    ...(balancer === undefined ? hairpin(role) : balanced(role)),
  ];
}

/** Where there is no balancer, the installer calls the first node by its address of the internet, from that node. */
function hairpin(role: KPaasRole): readonly KPaasRule[] {
  return (["from", "to"] as const).flatMap((direction) => rules(role, direction, ["own address"], [SSH, API]));
}

function balanced(role: KPaasRole): readonly KPaasRule[] {
  return [
    ...rules(role, "from", ["API balancer", "subnet"], [API]),
    ...NODES.flatMap((node) => rules(node, "to", ["API balancer"], [API])),
  ];
}

function nodes(role: KPaasRole, { exposure: { kind } }: ClusterPlan): readonly KPaasRule[] {
  const through = kind === "extra-nic" ? "own ingress address" : "subnet";
  return [
    ...rules(role, "from", ["clients", ...NODES, through], SERVICES),
    ...rules(role, "from", NODES, [OVERLAY]),
    ...(role === "worker" ? rules(role, "from", NODES, KUBELET) : []),
    ...(kind === "nhn-controller" ? [] : rules(role, "from", NODES, SPEAKERS)),
  ];
}

function etcd(role: KPaasRole): readonly KPaasRule[] {
  return rules(role, "from", ["control-plane", "etcd"], [ETCD]);
}

/** The guide opens NFS on nodes, too: a server calls them back to tell of locks. */
function storage(): readonly KPaasRule[] {
  return [...rules("nfs", "from", NODES, NFS), ...NODES.flatMap((role) => rules(role, "from", ["nfs"], NFS))];
}

function rules(
  role: KPaasRole,
  direction: KPaasRule["direction"],
  peers: readonly KPaasRule["peer"][],
  ways: readonly Way[],
): readonly KPaasRule[] {
  return peers.flatMap((peer) =>
    ways.map(([port, description]) => ({ role, direction, peer, port, description: `${description} (${peer})` })),
  );
}
