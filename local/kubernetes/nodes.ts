import type { KubernetesApi, LiveObject } from "./api";

const NODES = { apiVersion: "v1", plural: "nodes" };

/** Zones of the lab's three nodes, which have the labels and capacity of m5.large. */
const ZONES = ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"];

/** Creates the nodes. kwok reports them as ready and their pods as running. */
export async function createNodes(api: KubernetesApi): Promise<void> {
  for (const zone of ZONES) await api.create(NODES, node(zone));
}

/** Whether all nodes are ready for pods. */
export async function areNodesReady(api: KubernetesApi): Promise<boolean> {
  const nodes = await api.list(NODES);
  return nodes.length === ZONES.length && nodes.every(isReady);
}

function isReady({ status, spec }: LiveObject): boolean {
  const { conditions = [] } = status as { conditions?: readonly { type: string; status: string }[] };
  const { taints = [] } = spec as { taints?: readonly { key: string }[] };
  const ready = conditions.some((condition) => condition.type === "Ready" && condition.status === "True");
  return ready && !taints.some(({ key }) => key.startsWith("node.kubernetes.io/"));
}

function node(zone: string): object {
  const name = `node-${zone.slice(-1)}`;
  const capacity = { cpu: "2", memory: "8Gi", pods: "29", "ephemeral-storage": "20Gi" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": "m5.large",
        "topology.kubernetes.io/region": zone.slice(0, -1),
        "topology.kubernetes.io/zone": zone,
      },
    },
    status: { capacity, allocatable: capacity },
  };
}
