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
  /** Whether no node has room for it. */
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
  readonly containers?: readonly {
    readonly name: string;
    readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
  }[];
}

function podOf(object: LiveObject): Pod {
  const { nodeName, hostNetwork = false, containers = [] } = (object["spec"] ?? {}) as PodSpec;
  const { podIP, conditions = [] } = (object["status"] ?? {}) as {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  };
  const { name, namespace = "default", labels = {} } = object.metadata;
  const owners = (object.metadata as { ownerReferences?: readonly { readonly kind: string }[] }).ownerReferences ?? [];
  const sum = (resource: "cpu" | "memory") =>
    containers.reduce((total, { resources }) => total + quantity(resources?.requests?.[resource], resource), 0);
  return {
    object,
    name,
    namespace,
    labels,
    node: nodeName,
    address: podIP,
    onHostNetwork: hostNetwork,
    isUnschedulable:
      nodeName === undefined &&
      object.metadata.deletionTimestamp === undefined &&
      conditions.some(({ type, reason }) => type === "PodScheduled" && reason === "Unschedulable"),
    isRunning: phaseOf(object) === "Running" && object.metadata.deletionTimestamp === undefined,
    isOfDaemonSet: owners.some(({ kind }) => kind === "DaemonSet"),
    requests: { millicores: sum("cpu"), bytes: sum("memory") },
    containers: containers.map((container) => container.name),
  };
}

function phaseOf({ status }: LiveObject): string {
  return ((status ?? {}) as { phase?: string }).phase ?? "Pending";
}
