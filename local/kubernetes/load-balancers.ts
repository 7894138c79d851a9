import { ApiError, type Collection, type KubernetesApi, type LiveObject } from "./api";
import { RELEASE_LABEL } from "./provider/helm-release";

const INGRESSES = { apiVersion: "networking.k8s.io/v1", plural: "ingresses" };
const GROUP = "alb.ingress.kubernetes.io/group.name";

/** Name of the controller's chart. */
const CHART = "aws-load-balancer-controller";

/**
 * Emulates the AWS Load Balancer Controller as far as Terraform observes it: an Ingress of class `alb` gets a finalizer and a
 * host name, and the finalizer is removed when the Ingress is deleted. This requires a release of the controller: if the
 * controller is removed before the Ingress, the deletion never completes, as on a real cluster.
 */
export async function emulateLoadBalancerController(api: KubernetesApi): Promise<void> {
  if (!(await isControllerDeployed(api))) return;
  for (const ingress of await api.list(INGRESSES)) {
    const { ingressClassName } = (ingress["spec"] ?? {}) as { ingressClassName?: string };
    if (ingressClassName === "alb") await ignoreConflicts(() => reconcile(api, ingress));
  }
}

async function isControllerDeployed(api: KubernetesApi): Promise<boolean> {
  const allNamespaces = { apiVersion: "v1", plural: "configmaps" };
  const records = await api.list(allNamespaces);
  return records.some(
    ({ metadata, data }) =>
      metadata.labels?.[RELEASE_LABEL] !== undefined && (data as Readonly<Record<string, string>>)["chart"] === CHART,
  );
}

async function reconcile(api: KubernetesApi, ingress: LiveObject): Promise<void> {
  const { name, namespace = "default", annotations = {}, deletionTimestamp } = ingress.metadata;
  const collection: Collection = { ...INGRESSES, namespace };
  const group = annotations[GROUP];
  const finalizer = group === undefined ? "ingress.k8s.aws/resources" : `group.ingress.k8s.aws/${group}`;
  await setFinalizer(api, collection, ingress, finalizer, deletionTimestamp === undefined);
  if (deletionTimestamp === undefined) await setHostname(api, collection, ingress, group ?? `${namespace}-${name}`);
}

async function setFinalizer(
  api: KubernetesApi,
  collection: Collection,
  { metadata: { name, finalizers = [] } }: LiveObject,
  finalizer: string,
  present: boolean,
): Promise<void> {
  if (finalizers.includes(finalizer) === present) return;
  const others = finalizers.filter((other) => other !== finalizer);
  await api.merge(collection, name, { metadata: { finalizers: present ? [...others, finalizer] : others } });
}

async function setHostname(
  api: KubernetesApi,
  collection: Collection,
  { metadata, status }: LiveObject,
  group: string,
): Promise<void> {
  const { loadBalancer } = (status ?? {}) as { loadBalancer?: { ingress?: readonly unknown[] } };
  if (loadBalancer?.ingress !== undefined) return;
  const hostname = `k8s-${group.replaceAll(/[^a-z0-9]/g, "").slice(0, 17)}.elb.localhost`;
  await api.merge(collection, metadata.name, { status: { loadBalancer: { ingress: [{ hostname }] } } }, "/status");
}

/** An object may be deleted or changed between reading and writing; the next iteration reads it again. */
async function ignoreConflicts(reconcileObject: () => Promise<void>): Promise<void> {
  try {
    await reconcileObject();
  } catch (error) {
    if (!(error instanceof ApiError && [404, 409].includes(error.status))) throw error;
  }
}
