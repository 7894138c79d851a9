import { Port } from "../../core/port";
import { NODE_PORTS } from "../../kubernetes/workload/node-ports";
import { SshTrust } from "../boot/ssh-trust";
import type { ClusterPlan } from "../plan/cluster-plan";
import type { KPaasRole } from "../plan/node";

/** Machines with the same rules. Rules common to control plane and workers belong to the group `node`. */
export type KPaasGroup = "node" | Exclude<KPaasRole, "worker">;

/** Peer of a rule other than the machines of the cluster. */
export type ExternalPeer =
  | "administrators"
  /** Clients of the services that run in the cluster. */
  | "clients"
  /** The load balancer of the API. */
  | "API balancer"
  /** Load balancers, which have ports in the subnet. */
  | "subnet"
  | "internet";

/** Traffic that a cluster needs, in the direction in which the connection is opened. */
export interface KPaasRule {
  /** Machines to which the rule applies. */
  readonly group: KPaasGroup;
  /** Direction of the traffic. */
  readonly direction: "from" | "to";
  /** Source or destination of the traffic. */
  readonly peer: KPaasGroup | ExternalPeer;
  /** Ports of the traffic. */
  readonly port: Port;
  /** Purpose of the rule. */
  readonly description: string;
}

type Service = readonly [port: Port, description: string];

const SSH: Service = [Port.SSH, "SSH: the installer"];
const API: Service = [Port.tcp(6443), "the cluster's API"];
const ETCD: Service = [Port.tcpRange(2379, 2380), "etcd: clients and members"];
const KUBELET: readonly Service[] = [
  [Port.tcp(10250), "kubelet: its API"],
  [Port.tcp(10255), "kubelet: its readings"],
];
/** The guide lists them together with the kubelet's. */
const CONTROL: Service = [Port.tcpRange(10251, 10252), "scheduler and controllers: their APIs"];
const NFS: readonly Service[] = [
  [Port.tcp(111), "NFS: port mapper"],
  [Port.tcp(2049), "NFS: files"],
];
const OVERLAY: Service = [Port.udp(4789), "packets between pods"];
/** Not in the guide: nodes fetch the installer's public key from the install host, which creates it. */
const KEY: Service = [Port.tcp(SshTrust.PORT), "the installer's public key"];
/** Not in the guide: without it two speakers may announce the same address. */
const SPEAKERS: readonly Service[] = [
  [Port.tcp(7946), "MetalLB: speakers"],
  [Port.udp(7946), "MetalLB: speakers"],
];
const SERVICES: readonly Service[] = [
  [Port.HTTP, "ingress"],
  [Port.HTTPS, "ingress"],
  [NODE_PORTS, "node ports of services"],
];
const OUTWARD: readonly Service[] = [
  [Port.HTTP, "packages"],
  [Port.HTTPS, "packages, images and repositories"],
  [Port.DNS_TCP, "names"],
  [Port.DNS_UDP, "names"],
  [Port.udp(123), "time"],
];

/** Groups of a machine with a role. */
export function groupsOf(role: KPaasRole): readonly [KPaasGroup, ...KPaasGroup[]] {
  if (role === "worker") return ["node"];
  return role === "control-plane" ? ["node", role] : [role];
}

/** Whether a group may connect to anything. Nodes may: the destinations of their workloads are unknown. */
export function opensAnything(group: KPaasGroup): boolean {
  return group === "node" || group === "control-plane";
}

/**
 * Exactly the traffic that a cluster needs: the ports of the installation guide (K-PaaS/container-platform,
 * cp-cluster-install-single, 2.1.4) and those of this library's installation. In addition, nodes may connect to anything.
 *
 * A rule between two groups of the cluster is listed for the receiving group; the sending group gets the matching egress rule.
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

/** The guide opens NFS on nodes, too: a server connects to them to notify them of locks. */
function storage(): readonly KPaasRule[] {
  return [...rules("nfs", "from", ["node"], NFS), ...rules("node", "from", ["nfs"], NFS)];
}

function rules(
  group: KPaasGroup,
  direction: KPaasRule["direction"],
  peers: readonly KPaasRule["peer"][],
  services: readonly Service[],
): readonly KPaasRule[] {
  return peers.flatMap((peer) =>
    services.map(([port, description]) => ({ group, direction, peer, port, description: `${description} (${peer})` })),
  );
}
