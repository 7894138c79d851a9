import type { Collection, KubernetesApi, LiveObject } from "./api";
import { ApiError } from "./api";
import { RELEASE_LABEL } from "./provider/helm-release";

const INGRESSES = { apiVersion: "networking.k8s.io/v1", plural: "ingresses" };
const GROUP = "alb.ingress.kubernetes.io/group.name";

/** Name of the controller's chart: without a release of it nobody looks after load balancers. */
const CHART = "aws-load-balancer-controller";

/**
 * Plays the AWS Load Balancer Controller, as far as Terraform can see it: an Ingress of class `alb` gets a finalizer and a
 * host name, and its finalizer is taken away when it is to go. All of that only while a release of the controller stands:
 * whoever removes the controller first waits for ever, as on a real cluster.
 */
export async function playLoadBalancers(api: KubernetesApi): Promise<void> {
  if (!(await isControllerThere(api))) return;
  for (const ingress of await api.list(INGRESSES)) {
    const { ingressClassName } = (ingress["spec"] ?? {}) as { ingressClassName?: string };
    if (ingressClassName === "alb") await forgiving(() => lookAfter(api, ingress));
  }
}

async function isControllerThere(api: KubernetesApi): Promise<boolean> {
  const everywhere = { apiVersion: "v1", plural: "configmaps" };
  const records = await api.list(everywhere);
  return records.some(
    ({ metadata, data }) =>
      metadata.labels?.[RELEASE_LABEL] !== undefined && (data as Readonly<Record<string, string>>)["chart"] === CHART,
  );
}

async function lookAfter(api: KubernetesApi, { metadata, status }: LiveObject): Promise<void> {
  const { name, namespace = "default", finalizers = [], deletionTimestamp, annotations = {} } = metadata;
  const where: Collection = { ...INGRESSES, namespace };
  const group = annotations[GROUP] ?? `${namespace}-${name}`;
  const finalizer = annotations[GROUP] === undefined ? "ingress.k8s.aws/resources" : `group.ingress.k8s.aws/${group}`;
  if (deletionTimestamp !== undefined) {
    if (finalizers.includes(finalizer))
      await api.merge(where, name, { metadata: { finalizers: finalizers.filter((one) => one !== finalizer) } });
    return;
  }
  if (!finalizers.includes(finalizer))
    await api.merge(where, name, { metadata: { finalizers: [...finalizers, finalizer] } });
  const { loadBalancer } = (status ?? {}) as { loadBalancer?: { ingress?: readonly unknown[] } };
  if (loadBalancer?.ingress === undefined) {
    const hostname = `k8s-${group.replaceAll(/[^a-z0-9]/g, "").slice(0, 17)}.elb.localhost`;
    await api.merge(where, name, { status: { loadBalancer: { ingress: [{ hostname }] } } }, "/status");
  }
}

/** Between the question and the act an object may have gone or changed; the next round sees it as it is then. */
async function forgiving(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ApiError && [404, 409].includes(error.status))) throw error;
  }
}
