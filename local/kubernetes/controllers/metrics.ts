import { ApiError, type Collection, type KubernetesApi, type LiveObject } from "../api";
import type { AwsAccount } from "./aws-account";
import type { Controller } from "./controller";
import { livePods, type Pod } from "./pods";
import { deployedReleases } from "./releases";

const GROUP = "metrics.k8s.io";
const API = { apiVersion: `${GROUP}/v1beta1`, plural: "pods" };
const DEFINITIONS = { apiVersion: "apiextensions.k8s.io/v1", plural: "customresourcedefinitions" };
const API_SERVICES = { apiVersion: "apiregistration.k8s.io/v1", plural: "apiservices" };

/** Name of the add-on, and of the chart, of the metrics server. */
const METRICS_SERVER = "metrics-server";

/**
 * Annotation of a Deployment: the CPU time, in millicores, that its requests need. Its pods share it equally. Simulated pods have no
 * load of their own.
 */
export const LOAD = "groundwork.example/load-millicores";

/** CPU usage of a pod without load, in millicores. */
const IDLE = 1;

/**
 * Replaces the metrics server if that is installed, as an EKS add-on or as a Helm release. It provides the CPU usage of each pod to the
 * pod autoscalers.
 *
 * The metrics are custom resources in the group of the real API, so that no program listens on a port. The API server would otherwise
 * have to reach the server's pods, and simulated pods cannot be reached.
 */
export class Metrics implements Controller {
  readonly name = "metrics server";
  readonly everyMs = 1_000;
  private isDefined = false;

  constructor(
    private readonly api: KubernetesApi,
    private readonly aws: AwsAccount,
  ) {}

  async reconcile(): Promise<void> {
    const isInstalled = await this.isInstalled();
    if (isInstalled !== this.isDefined) await (isInstalled ? this.define() : this.undefine());
    if (!isInstalled) return;
    const [pods, loads] = await Promise.all([livePods(this.api), this.loads()]);
    const running = pods.filter((pod) => pod.isRunning);
    const expected = new Map(running.map((pod) => [`${pod.namespace}/${pod.name}`, pod]));
    const live = await this.api.list(API);
    for (const { metadata } of live)
      if (!expected.has(`${metadata.namespace ?? ""}/${metadata.name}`))
        await this.api.remove({ ...API, namespace: metadata.namespace }, metadata.name);
    for (const pod of running) {
      const existing = live.find(({ metadata }) => metadata.name === pod.name && metadata.namespace === pod.namespace);
      await this.write(pod, usageOf(pod, running, loads), existing);
    }
  }

  private async isInstalled(): Promise<boolean> {
    const groups = await this.aws.nodeGroups();
    const clusters = new Map(groups.map(({ region, cluster }) => [`${region}/${cluster}`, { region, cluster }]));
    for (const { region, cluster } of clusters.values())
      if ((await this.aws.addons(region, cluster)).includes(METRICS_SERVER)) return true;
    return (await deployedReleases(this.api)).some(({ chart }) => chart === METRICS_SERVER);
  }

  /** Creates the type. A real chart registers the API with a Service, whose address the API server cannot reach. */
  private async define(): Promise<void> {
    const name = `v1beta1.${GROUP}`;
    const registered = await this.api.get(API_SERVICES, name);
    const { service } = (registered?.["spec"] ?? {}) as { service?: unknown };
    if (service !== undefined && service !== null) await this.api.remove(API_SERVICES, name);
    try {
      await this.api.create(DEFINITIONS, DEFINITION);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409)) throw error;
    }
    // The new path is served after a moment; until then the list fails, and the next comparison tries again.
    await this.api.list(API);
    this.isDefined = true;
  }

  private async undefine(): Promise<void> {
    await this.api.remove(DEFINITIONS, `pods.${GROUP}`);
    this.isDefined = false;
  }

  /** The load of each Deployment with the annotation. */
  private async loads(): Promise<readonly Load[]> {
    const deployments = await this.api.list({ apiVersion: "apps/v1", plural: "deployments" });
    return deployments.flatMap(({ metadata, spec }) => {
      const millicores = metadata.annotations?.[LOAD];
      const { selector = {} } = (spec ?? {}) as { selector?: { matchLabels?: Readonly<Record<string, string>> } };
      return millicores === undefined
        ? []
        : [{ namespace: metadata.namespace ?? "", labels: selector.matchLabels ?? {}, millicores: Number(millicores) }];
    });
  }

  private async write(pod: Pod, millicores: number, existing: LiveObject | undefined): Promise<void> {
    const collection: Collection = { ...API, namespace: pod.namespace };
    const share = Math.max(1, Math.round(millicores / Math.max(1, pod.containers.length)));
    const containers = pod.containers.map((name) => ({ name, usage: { cpu: `${share}m`, memory: "32Mi" } }));
    const measured = { timestamp: new Date().toISOString().replace(/\.\d+/, ""), window: "1s", containers };
    const isCurrent = JSON.stringify(existing?.["containers"]) === JSON.stringify(containers);
    if (existing === undefined) {
      const metadata = { name: pod.name, namespace: pod.namespace, labels: pod.labels };
      await this.api.create(collection, { apiVersion: API.apiVersion, kind: "PodMetrics", metadata, ...measured });
    } else if (!isCurrent) await this.api.merge(collection, pod.name, measured);
  }
}

interface Load {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly millicores: number;
}

/** The share of a pod of the load of its Deployment. */
function usageOf(pod: Pod, pods: readonly Pod[], loads: readonly Load[]): number {
  const load = loads.find(({ namespace, labels }) => namespace === pod.namespace && hasLabels(pod, labels));
  if (load === undefined) return IDLE;
  const sharing = pods.filter(
    ({ namespace, ...other }) => namespace === pod.namespace && hasLabels(other, load.labels),
  );
  return Math.max(IDLE, load.millicores / sharing.length);
}

function hasLabels(pod: Pick<Pod, "labels">, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([key, value]) => pod.labels[key] === value);
}

/** The type of the metrics of pods. The annotation is required for groups of Kubernetes itself. */
const DEFINITION = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: {
    name: `pods.${GROUP}`,
    annotations: { "api-approved.kubernetes.io": "unapproved, stand-in of a local cloud" },
  },
  spec: {
    group: GROUP,
    names: { kind: "PodMetrics", plural: "pods", singular: "podmetrics" },
    scope: "Namespaced",
    versions: [
      {
        name: "v1beta1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              timestamp: { type: "string" },
              window: { type: "string" },
              containers: {
                type: "array",
                items: {
                  type: "object",
                  properties: {
                    name: { type: "string" },
                    usage: { type: "object", additionalProperties: { type: "string" } },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};
