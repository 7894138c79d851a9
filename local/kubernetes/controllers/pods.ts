import type { KubernetesApi, LiveObject } from "../api";

const PODS = { apiVersion: "v1", plural: "pods" };

/** A pod, as far as controllers of nodes and load balancers read it. */
export interface Pod {
  readonly object: LiveObject;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Node that runs it; `undefined` while it waits for one. */
  readonly node: string | undefined;
  readonly address: string | undefined;
  readonly onHostNetwork: boolean;
  /** Whether no node has the capacity for it. */
  readonly isUnschedulable: boolean;
  readonly isRunning: boolean;
  /** Whether a DaemonSet runs it: every node has one. */
  readonly isOfDaemonSet: boolean;
  readonly requests: Requests;
  readonly containers: readonly string[];
}

/** Resources that a pod requests, or that a node has. */
export interface Requests {
  readonly millicores: number;
  readonly bytes: number;
}

/** The pods of the cluster that have not ended. */
export async function livePods(api: KubernetesApi): Promise<readonly Pod[]> {
  const pods = await api.list(PODS);
  return pods.map(podOf).filter(({ object }) => !["Succeeded", "Failed"].includes(phaseOf(object)));
}

/** Quantities of Kubernetes in millicores or bytes: `250m`, `2`, `128Mi`. */
export function quantity(text: string | number | undefined, unit: "cpu" | "memory"): number {
  const [, number = "0", suffix = ""] = /^([\d.]+)([A-Za-z]*)$/.exec(String(text ?? 0)) ?? [];
  if (unit === "cpu") return Number(number) * (suffix === "m" ? 1 : 1000);
  return Number(number) * (SUFFIXES[suffix] ?? 1);
}

const SUFFIXES: Readonly<Record<string, number>> = {
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

interface PodSpec {
  readonly nodeName?: string;
  readonly hostNetwork?: boolean;
  readonly containers: readonly {
    readonly name: string;
    readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
  }[];
}

function podOf(object: LiveObject): Pod {
  const { nodeName, hostNetwork, containers } = object["spec"] as PodSpec;
  const { podIP, conditions = [] } = object["status"] as PodStatus;
  const { name, namespace = "default", labels = {}, ownerReferences = [] } = object.metadata as PodMetadata;
  const isEnding = object.metadata.deletionTimestamp !== undefined;
  return {
    object,
    name,
    namespace,
    labels,
    node: nodeName,
    address: podIP,
    onHostNetwork: hostNetwork === true,
    isUnschedulable: !isEnding && nodeName === undefined && conditions.some(isWithoutNode),
    isRunning: !isEnding && phaseOf(object) === "Running",
    isOfDaemonSet: ownerReferences.some(({ kind }) => kind === "DaemonSet"),
    requests: { millicores: requested(containers, "cpu"), bytes: requested(containers, "memory") },
    containers: containers.map((container) => container.name),
  };
}

interface PodStatus {
  readonly podIP?: string;
  readonly conditions?: readonly Condition[];
}

interface Condition {
  readonly type: string;
  readonly reason?: string;
}

type PodMetadata = LiveObject["metadata"] & { readonly ownerReferences?: readonly { readonly kind: string }[] };

function isWithoutNode({ type, reason }: Condition): boolean {
  return type === "PodScheduled" && reason === "Unschedulable";
}

function requested(containers: PodSpec["containers"], resource: "cpu" | "memory"): number {
  return containers.reduce((total, { resources }) => total + quantity(resources?.requests?.[resource], resource), 0);
}

function phaseOf({ status }: LiveObject): string {
  return ((status ?? {}) as { phase?: string }).phase ?? "Pending";
}
