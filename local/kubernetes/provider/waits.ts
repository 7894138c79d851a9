import { until } from "@groundwork/tooling/process/background";
import type { Collection, KubernetesApi, LiveObject } from "../api";
import type { Values } from "./values";
import { at } from "./plan";

/** How long the stand-in waits. Nothing here pulls an image or makes a load balancer, so minutes are enough. */
export const PATIENCE_MS = 120_000;

/** Waits for what the provider waits for after a create or an update, and answers the object as it then is. */
export async function settled(
  api: KubernetesApi,
  collection: Collection,
  object: LiveObject,
  state: Values,
): Promise<LiveObject> {
  const isSettled = settledWhen(collection.plural, state);
  if (isSettled === undefined) return object;
  const { name } = object.metadata;
  let now: LiveObject = object;
  const done = await until(
    async () => {
      now = (await api.get(collection, name)) ?? now;
      return isSettled(now);
    },
    PATIENCE_MS,
    200,
  );
  if (!done)
    throw new Error(`${collection.plural}/${name} was made and is not ready after ${PATIENCE_MS / 1000} seconds`);
  return now;
}

/** Waits until an object is gone; says who holds it when it does not go. */
export async function gone(api: KubernetesApi, collection: Collection, name: string): Promise<void> {
  const isGone = await until(async () => (await api.get(collection, name)) === undefined, PATIENCE_MS, 200);
  if (isGone) return;
  const holders = (await api.get(collection, name))?.metadata.finalizers ?? [];
  throw new Error(
    `${collection.plural}/${name} does not go: ${holders.join(", ")} hold it, and whoever would let go is gone`,
  );
}

function settledWhen(plural: string, state: Values): ((object: LiveObject) => boolean) | undefined {
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
