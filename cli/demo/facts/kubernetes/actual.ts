import type { ApiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";
import { API_TYPES } from "@groundwork/constructs/kubernetes/manifest/conversion";
import { KubernetesApi } from "@groundwork/local/kubernetes/api";
import type { LiveObject } from "@groundwork/local/kubernetes/api";
import { accessTo } from "@groundwork/local/kubernetes/cluster";
import type { Cluster } from "@groundwork/local/kubernetes/cluster";
import { RELEASE_LABEL } from "@groundwork/local/kubernetes/provider/helm-release";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import { inWords, subjectOf } from "./summary";
import type { ReleaseOfStack } from "./expected";
import { objectsOf, releaseFact, releasesOf } from "./expected";

/** What the Kubernetes API says about the objects of a stack. A Deployment is told with the pods that run. */
export async function foundObjects(cluster: Cluster, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const api = new KubernetesApi(accessTo(cluster));
  try {
    const live = await Promise.all(objectsOf(stack).map((object) => find(api, object)));
    const releases = await Promise.all(releasesOf(stack).map((release) => findRelease(api, release)));
    return [...releases.flat(), ...live.flatMap((object) => (object === undefined ? [] : [factOf(object)]))];
  } finally {
    api.close();
  }
}

async function find(api: KubernetesApi, { kind, metadata }: ApiObject): Promise<ApiObject | undefined> {
  const type = Object.values(API_TYPES).find((one) => one.kind === kind);
  const { name, namespace } = metadata as { name: string; namespace?: string };
  if (type === undefined) return undefined;
  const live = await api.get({ ...type, namespace }, name);
  return live === undefined ? undefined : { ...live, ...type, metadata: live.metadata };
}

/** What stands for a release in the cluster. */
async function findRelease(api: KubernetesApi, { name, namespace }: ReleaseOfStack): Promise<readonly Fact[]> {
  const records = await api.list({ apiVersion: "v1", plural: "configmaps", namespace });
  return records
    .filter(({ metadata }) => metadata.labels?.[RELEASE_LABEL] === name)
    .map(({ data }) => {
      const { chart = "", version = "" } = data as Readonly<Record<string, string>>;
      return releaseFact(name, chart, version);
    });
}

function factOf(object: ApiObject): Fact {
  if (object.kind !== "Deployment") return { subject: subjectOf(object), is: inWords(object) };
  const { spec, status } = object as unknown as LiveObject & { spec: object; status?: { availableReplicas?: number } };
  const running = { ...object, spec: { ...spec, replicas: status?.availableReplicas ?? 0 } };
  return { subject: subjectOf(object), is: inWords(running) };
}
