import { defined } from "@groundwork/constructs/core";
import type { KubernetesApi, LiveObject } from "./api";

/** Nodes of the Kubernetes API. */
export const NODES = { apiVersion: "v1", plural: "nodes" };

/** Annotation of the nodes that the local cloud creates and removes. */
export const MANAGED = "groundwork.example/node";

/** Zones of the nodes of a cluster without node groups, which have the labels and capacity of m5.large. */
const ZONES = ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"];

/** What a node has. */
export interface NodeProps {
  readonly name: string;
  readonly zone: string;
  readonly instanceType: string;
  readonly architecture: string;
  readonly capacity: NodeCapacity;
  readonly allocatable: NodeCapacity;
  /** Identifies the machine: `aws:///<zone>/<instance id>`. @default - no machine */
  readonly providerId?: string;
  /** Addresses of its pods. @default - those of the simulator */
  readonly podCidr?: string | undefined;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  readonly address?: string;
}

/** Resources of a node. */
export type NodeCapacity = Readonly<Record<"cpu" | "memory" | "pods" | "ephemeral-storage", string>>;

/** The nodes of a cluster without node groups. */
export function defaultNodes(): readonly NodeProps[] {
  const capacity = { cpu: "2", memory: "8Gi", pods: "29", "ephemeral-storage": "20Gi" };
  return ZONES.map((zone) => ({
    name: `node-${zone.slice(-1)}`,
    zone,
    instanceType: "m5.large",
    architecture: "amd64",
    capacity,
    allocatable: capacity,
  }));
}

/** Creates the nodes of a new cluster. kwok reports them as ready and their pods as running. */
export async function createNodes(api: KubernetesApi): Promise<void> {
  for (const props of defaultNodes()) await api.create(NODES, node(props));
}

/** Whether all nodes of a new cluster are ready for pods. */
export async function areNodesReady(api: KubernetesApi): Promise<boolean> {
  const nodes = await api.list(NODES);
  return nodes.length === ZONES.length && nodes.every(isReady);
}

/** Whether a node is ready for pods. */
export function isReady({ status, spec }: LiveObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: readonly { type: string; status: string }[] };
  const { taints = [] } = (spec ?? {}) as { taints?: readonly { key: string }[] };
  const ready = conditions.some((condition) => condition.type === "Ready" && condition.status === "True");
  return ready && !taints.some(({ key }) => key.startsWith("node.kubernetes.io/"));
}

/** A node as an object of the API. */
export function node(props: NodeProps): object {
  const { name, zone, instanceType, architecture, capacity, allocatable, providerId, podCidr, address } = props;
  const addresses = [
    { type: "InternalIP", address: address ?? "" },
    { type: "InternalDNS", address: name },
    { type: "Hostname", address: name },
  ];
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      annotations: { [MANAGED]: "true" },
      labels: {
        ...props.labels,
        "kubernetes.io/arch": architecture,
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": instanceType,
        "topology.kubernetes.io/region": zone.slice(0, -1),
        "topology.kubernetes.io/zone": zone,
      },
    },
    spec: {
      ...defined({ providerID: providerId, podCIDR: podCidr, podCIDRs: podCidr === undefined ? undefined : [podCidr] }),
      ...(props.taints === undefined || props.taints.length === 0 ? {} : { taints: props.taints }),
    },
    status: {
      capacity,
      allocatable,
      ...(address === undefined ? {} : { addresses }),
    },
  };
}
