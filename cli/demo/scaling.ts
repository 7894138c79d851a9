import { DescribeNodegroupCommand, EKSClient } from "@aws-sdk/client-eks";
import { KubernetesApi, type LiveObject } from "@groundwork/local/kubernetes/api";
import { accessTo, type Cluster } from "@groundwork/local/kubernetes/cluster";
import { LOAD } from "@groundwork/local/kubernetes/controllers/metrics";
import { isReady, NODES } from "@groundwork/local/kubernetes/nodes";
import { waitUntil } from "@groundwork/tooling/polling";
import { type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { AwsSession } from "../aws/aws-session";
import type { Fact } from "./facts/fact";
import { objectsOf } from "./facts/kubernetes/expected";

const DEPLOYMENTS = { apiVersion: "apps/v1", plural: "deployments" };

/** How long a step may take; on the local cloud each takes seconds. */
const TIMEOUT_MS = 90_000;

/** Pods of the exercise with nodes, as in the lab. */
const REPLICAS = 100;
const EXERCISE = "autoscaler-demo";

/** Expected and actual values of exercises. */
export interface Exercise {
  readonly expected: readonly Fact[];
  readonly actual: readonly Fact[];
}

/** Raises and removes the load of each Deployment with an autoscaler: its pods follow, from the minimum to the maximum and back. */
export async function scalePods(cluster: Cluster, stack: SynthesizedStack, abort?: AbortSignal): Promise<Exercise> {
  const api = new KubernetesApi(accessTo(cluster));
  const autoscalers = objectsOf(stack).filter(({ kind }) => kind === "HorizontalPodAutoscaler");
  const expected: Fact[] = [];
  const actual: Fact[] = [];
  try {
    for (const { metadata, spec } of autoscalers as unknown as readonly (LiveObject & { readonly spec: Bounds })[]) {
      const { minReplicas: min, maxReplicas: max, scaleTargetRef } = spec;
      const deployment = new LoadedDeployment(api, metadata.namespace ?? "default", scaleTargetRef.name);
      const before = await deployment.pods(min, abort);
      await deployment.setLoad(max * CORE);
      const during = await deployment.pods(max, abort);
      await deployment.setLoad(undefined);
      const after = await deployment.pods(min, abort);
      const subject = `pods of ${scaleTargetRef.name} under load`;
      expected.push({ subject, value: course([min, max, min]) });
      actual.push({ subject, value: course([before, during, after]) });
    }
    return { expected, actual };
  } finally {
    api.close();
  }
}

/** Millicores: a load per pod that is above the target of any autoscaler. */
const CORE = 1_000;

interface Bounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly scaleTargetRef: { readonly name: string };
}

class LoadedDeployment {
  constructor(
    private readonly api: KubernetesApi,
    private readonly namespace: string,
    private readonly name: string,
  ) {}

  async setLoad(millicores: number | undefined): Promise<void> {
    const annotations = { [LOAD]: millicores === undefined ? null : `${millicores}` };
    await this.api.merge(this.collection, this.name, { metadata: { annotations } });
  }

  /** The number of pods, when it is the given one or no longer changes. */
  async pods(expected: number, abort?: AbortSignal): Promise<number> {
    let found = -1;
    await waitUntil(
      async () => {
        const live = await this.api.get(this.collection, this.name);
        found = ((live?.["status"] ?? {}) as { availableReplicas?: number }).availableReplicas ?? 0;
        return found === expected;
      },
      TIMEOUT_MS,
      500,
      abort,
    );
    return found;
  }

  private get collection() {
    return { ...DEPLOYMENTS, namespace: this.namespace };
  }
}

/** Starts and deletes a hundred pods: the nodes of the group follow, from the minimum to the maximum and back. */
export async function scaleNodes(
  cluster: Cluster,
  session: AwsSession,
  stack: SynthesizedStack,
  abort?: AbortSignal,
): Promise<Exercise> {
  const [group] = stack.resources("aws_eks_node_group").values();
  const [eks] = stack.resources("aws_eks_cluster").values();
  if (group === undefined || eks === undefined) return { expected: [], actual: [] };
  const { min_size: min, max_size: max } = [group["scaling_config"]].flat()[0] as Record<string, number>;
  if (min === undefined || max === undefined || min >= max) return { expected: [], actual: [] };
  const nodegroupName = textArgument(group, "node_group_name");
  const clusterName = textArgument(eks, "name");
  const api = new KubernetesApi(accessTo(cluster));
  const nodes = async (expected: number): Promise<string> => {
    let found = "";
    await waitUntil(
      async () => {
        const ready = (await api.list(NODES)).filter(isReady).length;
        const described = await session
          .client(EKSClient)
          .send(new DescribeNodegroupCommand({ clusterName, nodegroupName }));
        const desired = described.nodegroup?.scalingConfig?.desiredSize ?? 0;
        found = ready === desired ? `${ready}` : `${ready} of ${desired}`;
        return found === `${expected}`;
      },
      TIMEOUT_MS,
      500,
      abort,
    );
    return found;
  };
  const collection = { ...DEPLOYMENTS, namespace: "default" };
  try {
    const before = await nodes(min);
    await api.create(collection, deploymentFor((await api.list(NODES)).filter(isReady), max));
    const during = await nodes(max);
    await api.remove(collection, EXERCISE);
    const after = await nodes(min);
    const subject = `nodes of ${nodegroupName} with ${REPLICAS} pods more`;
    return {
      expected: [{ subject, value: course([min, max, min]) }],
      actual: [{ subject, value: course([before, during, after]) }],
    };
  } finally {
    await api.remove(collection, EXERCISE);
    api.close();
  }
}

/** A Deployment whose pods need more than all nodes but one, and fit on all. */
function deploymentFor(nodes: readonly LiveObject[], max: number): object {
  const { allocatable } = (nodes[0]?.["status"] ?? {}) as { allocatable?: Readonly<Record<string, string>> };
  const cpu = allocatable?.["cpu"] ?? "1930m";
  const millicores = cpu.endsWith("m") ? Number(cpu.slice(0, -1)) : Number(cpu) * CORE;
  const request = Math.floor(((max - 0.75) * millicores) / REPLICAS);
  const labels = { app: EXERCISE };
  const container = { name: EXERCISE, image: "nginx", resources: { requests: { cpu: `${request}m` } } };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: EXERCISE, namespace: "default" },
    spec: {
      replicas: REPLICAS,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}

function course(values: readonly (number | string)[]): string {
  return values.join(" → ");
}
