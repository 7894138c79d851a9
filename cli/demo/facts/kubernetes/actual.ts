import { API_TYPES, type ApiObject } from "@groundwork/constructs/kubernetes/manifests";
import { KubernetesApi, type LiveObject } from "@groundwork/local/kubernetes/api";
import { accessTo, type Cluster } from "@groundwork/local/kubernetes/cluster";
import { deployedReleases } from "@groundwork/local/kubernetes/controllers/releases";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import { objectsOf, releaseFact, releasesOf, type ReleaseOfStack } from "./expected";
import { objectSummary, subjectOf } from "./summary";

/** The objects of a stack from the Kubernetes API. The replicas of a Deployment are its available pods. */
export async function actualObjects(cluster: Cluster, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const api = new KubernetesApi(accessTo(cluster));
  try {
    const objects = await Promise.all(objectsOf(stack).map((object) => readObject(api, object)));
    return [
      ...(await releaseFacts(api, releasesOf(stack))),
      ...objects.flatMap((object) => (object === undefined ? [] : [objectFact(object)])),
    ];
  } finally {
    api.close();
  }
}

async function readObject(api: KubernetesApi, { kind, metadata }: ApiObject): Promise<ApiObject | undefined> {
  const type = Object.values(API_TYPES).find((candidate) => candidate.kind === kind);
  const { name, namespace } = metadata as { name: string; namespace?: string };
  if (type === undefined) return undefined;
  const live = await api.get({ ...type, namespace }, name);
  return live === undefined ? undefined : { ...live, ...type, metadata: live.metadata };
}

/** The deployed Helm releases of a stack. */
async function releaseFacts(api: KubernetesApi, own: readonly ReleaseOfStack[]): Promise<readonly Fact[]> {
  const deployed = await deployedReleases(api);
  return deployed
    .filter((release) => own.some(({ name, namespace }) => name === release.name && namespace === release.namespace))
    .map(({ name, chart, version }) => releaseFact(name, chart, version));
}

function objectFact(object: ApiObject): Fact {
  if (object.kind !== "Deployment") return { subject: subjectOf(object), value: objectSummary(object) };
  const { spec, status } = object as unknown as LiveObject & { spec: object; status?: { availableReplicas?: number } };
  const running = { ...object, spec: { ...spec, replicas: status?.availableReplicas ?? 0 } };
  return { subject: subjectOf(object), value: objectSummary(running) };
}
