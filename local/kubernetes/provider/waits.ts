import { waitUntil } from "@groundwork/tooling/polling";
import type { Collection, KubernetesApi, LiveObject } from "../api";
import type { Values } from "./values";
import { at } from "./plan";

/** Timeout of all waits. No image is pulled and no load balancer is created, so two minutes are enough. */
export const TIMEOUT_MS = 120_000;

/** Waits for the same condition as the real provider after a create or update; returns the object. */
export async function waitUntilReady(
  api: KubernetesApi,
  collection: Collection,
  object: LiveObject,
  state: Values,
): Promise<LiveObject> {
  const isReady = readyCondition(collection.plural, state);
  if (isReady === undefined) return object;
  const { name } = object.metadata;
  let current: LiveObject = object;
  const done = await waitUntil(
    async () => {
      current = (await api.get(collection, name)) ?? current;
      return isReady(current);
    },
    TIMEOUT_MS,
    200,
  );
  if (!done)
    throw new Error(`${collection.plural}/${name} was created but is not ready after ${TIMEOUT_MS / 1000} seconds`);
  return current;
}

/** Waits until an object is deleted; the error lists the remaining finalizers. */
export async function waitUntilDeleted(api: KubernetesApi, collection: Collection, name: string): Promise<void> {
  const isDeleted = await waitUntil(async () => (await api.get(collection, name)) === undefined, TIMEOUT_MS, 200);
  if (isDeleted) return;
  const finalizers = (await api.get(collection, name))?.metadata.finalizers ?? [];
  throw new Error(
    `${collection.plural}/${name} is not deleted after ${TIMEOUT_MS / 1000} seconds: no controller removes ${finalizers.join(", ")}`,
  );
}

function readyCondition(plural: string, state: Values): ((object: LiveObject) => boolean) | undefined {
  switch (plural) {
    case "deployments":
      return state["wait_for_rollout"] === false ? undefined : isRolledOut;
    case "jobs":
      return state["wait_for_completion"] === false ? undefined : isComplete;
    case "ingresses":
      return state["wait_for_load_balancer"] === true ? hasAddress : undefined;
    case "services":
      return at(state, ["spec", "type"]) === "LoadBalancer" && state["wait_for_load_balancer"] !== false
        ? hasAddress
        : undefined;
    default:
      return undefined;
  }
}

function isRolledOut({ metadata, spec, status }: LiveObject): boolean {
  const { replicas = 1 } = spec as { replicas?: number };
  const { observedGeneration, updatedReplicas = 0, availableReplicas = 0 } = (status ?? {}) as Record<string, number>;
  return observedGeneration === metadata.generation && updatedReplicas >= replicas && availableReplicas >= replicas;
}

function isComplete({ status }: LiveObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: readonly { type: string; status: string }[] };
  return conditions.some(({ type, status: holds }) => type === "Complete" && holds === "True");
}

function hasAddress({ status }: LiveObject): boolean {
  const { loadBalancer } = (status ?? {}) as { loadBalancer?: { ingress?: readonly unknown[] } };
  return (loadBalancer?.ingress ?? []).length > 0;
}
