import { Port } from "../core/port";
import { NODE_PORTS } from "../kubernetes/node-ports";
import { SshTrust } from "./boot/ssh-trust";
import type { ClusterPlan } from "./cluster-plan";
import type { KPaasRole } from "./node";

/** Machines that are opened alike. What control planes and workers have in common is opened to nodes. */
export type KPaasGroup = "node" | Exclude<KPaasRole, "worker">;

/** Who is at the far end of a rule beside the cluster's own machines. */
export type Outsider =
  /** Where administrators come from. */
  | "administrators"
  /** Who uses what runs in the cluster. */
  | "clients"
  /** The load balancer of the API. */
  | "API balancer"
  /** Load balancers, whose own feet stand in the subnet. */
  | "subnet"
  | "internet";

/** One way that a cluster needs, in the direction in which it is opened. */
export interface KPaasRule {
  /** Machines that the rule is about. */
  readonly group: KPaasGroup;
  readonly direction: "from" | "to";
  readonly peer: KPaasGroup | Outsider;
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
/** The guide names them in one with kubelet's. */
const CONTROL: Way = [Port.tcpRange(10251, 10252), "scheduler and controllers: their APIs"];
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
  [NODE_PORTS, "node ports of services"],
];
const OUTWARD: readonly Way[] = [
  [Port.HTTP, "packages"],
  [Port.HTTPS, "packages, images and repositories"],
  [Port.DNS_TCP, "names"],
  [Port.DNS_UDP, "names"],
  [Port.udp(123), "time"],
];

/** Groups of a machine, by what it is there for. */
export function groupsOf(role: KPaasRole): readonly [KPaasGroup, ...KPaasGroup[]] {
  if (role === "worker") return ["node"];
  return role === "control-plane" ? ["node", role] : [role];
}

/** Nodes open what they like: what runs on them is other people's, with far ends of its own. */
export function opensAnything(group: KPaasGroup): boolean {
  return group === "node" || group === "control-plane";
}

/**
 * Every way that a cluster needs, and no other: by the installation guide's table of ports (K-PaaS/container-platform,
 * cp-cluster-install-single, 2.1.4), and what follows from how it is installed. Beside these, nodes open what they like.
 *
 * A rule between two of the cluster's groups is named where it comes in; the way out of the other is opened with it.
 */
export function kpaasPorts(plan: ClusterPlan): readonly KPaasRule[] {
  const roles = new Set(plan.machines.map(({ role }) => role));
  const groups: readonly KPaasGroup[] = ["node", ...(["etcd", "nfs"] as const).filter((role) => roles.has(role))];
  return [
    ...groups.flatMap((group) => rules(group, "from", ["administrators", "control-plane"], [SSH])),
    ...rules(
      "control-plane",
      "from",
      groups.filter((group) => group !== "nfs"),
      [KEY],
    ),
    ...controlPlane(plan),
    ...nodes(plan),
    ...(roles.has("etcd") ? rules("etcd", "from", ["control-plane", "etcd"], [ETCD]) : []),
    ...(roles.has("nfs") ? storage() : []),
    ...groups.filter((group) => !opensAnything(group)).flatMap((group) => rules(group, "to", ["internet"], OUTWARD)),
  ];
}

function controlPlane({ controlPlane: { balancer, etcd } }: ClusterPlan): readonly KPaasRule[] {
  const group = "control-plane";
  return [
    ...rules(group, "from", ["administrators", "node"], [API]),
    ...rules(group, "from", ["node"], [CONTROL]),
    ...(etcd?.type === "external" ? [] : rules(group, "from", [group], [ETCD])),
    ...(balancer === undefined ? [] : rules(group, "from", ["API balancer", "subnet"], [API])),
  ];
}

function nodes({ exposure: { kind } }: ClusterPlan): readonly KPaasRule[] {
  const group = "node";
  return [
    ...rules(group, "from", ["clients", group, ...(kind === "extra-nic" ? [] : ["subnet" as const])], SERVICES),
    ...rules(group, "from", [group], [OVERLAY, ...KUBELET, ...(kind === "nhn-controller" ? [] : SPEAKERS)]),
  ];
}

/** The guide opens NFS on nodes, too: a server calls them back to tell of locks. */
function storage(): readonly KPaasRule[] {
  return [...rules("nfs", "from", ["node"], NFS), ...rules("node", "from", ["nfs"], NFS)];
}

function rules(
  group: KPaasGroup,
  direction: KPaasRule["direction"],
  peers: readonly KPaasRule["peer"][],
  ways: readonly Way[],
): readonly KPaasRule[] {
  return peers.flatMap((peer) =>
    ways.map(([port, description]) => ({ group, direction, peer, port, description: `${description} (${peer})` })),
  );
}
