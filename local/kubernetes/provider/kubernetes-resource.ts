import { apiObject, type ApiType } from "@groundwork/constructs/kubernetes/manifests";
import type { Collection, KubernetesApi, LiveObject } from "../api";
import { immutablePaths } from "./immutable-fields";
import { stateFrom } from "./live-state";
import { type Managed, PartialCreationError } from "./managed";
import { at } from "./plan";
import type { Block } from "./schema";
import { waitUntilDeleted, waitUntilReady } from "./waits";
import { mapBlocks, Unknown, type Value, type Values } from "./values";

type Json = Readonly<Record<string, unknown>>;

/** A resource of the Kubernetes provider, stored as an object of the API. */
export class KubernetesResource implements Managed {
  readonly legacy = true;
  readonly immutablePaths: readonly string[];

  constructor(
    private readonly type: ApiType,
    readonly schema: Block,
    private readonly api: () => KubernetesApi,
  ) {
    this.immutablePaths = immutablePaths(type.kind);
  }

  async create(planned: Values): Promise<Values> {
    const object = this.objectOf(planned);
    const collection = this.collection(planned);
    const created = await this.api().create(collection, object);
    try {
      return this.stateOf(planned, await waitUntilReady(this.api(), collection, created, planned));
    } catch (error) {
      throw new PartialCreationError(this.stateOf(planned, created), error);
    }
  }

  async read(state: Values): Promise<Values | undefined> {
    const live = await this.api().get(this.collection(state), nameOf(state));
    return live === undefined ? undefined : this.stateOf(state, live);
  }

  async update(prior: Values, planned: Values): Promise<Values> {
    const collection = this.collection(prior);
    const live = await this.api().get(collection, nameOf(prior));
    if (live === undefined) throw new Error(`${this.type.kind} ${nameOf(prior)} no longer exists`);
    const desired = overlay(live, this.objectOf(prior), this.objectOf(planned)) as Json;
    const metadata = { ...(desired["metadata"] as Json), resourceVersion: live.metadata.resourceVersion };
    const updated = await this.api().replace(collection, nameOf(prior), { ...desired, metadata });
    return this.stateOf(planned, await waitUntilReady(this.api(), collection, updated, planned));
  }

  async remove(state: Values): Promise<void> {
    const collection = this.collection(state);
    await this.api().remove(collection, nameOf(state));
    await waitUntilDeleted(this.api(), collection, nameOf(state));
  }

  private collection(state: Values): Collection {
    const { apiVersion, plural, namespaced } = this.type;
    const namespace = at(state, ["metadata", "namespace"]);
    return {
      apiVersion,
      plural,
      namespace: namespaced ? (typeof namespace === "string" ? namespace : "default") : undefined,
    };
  }

  private objectOf(values: Values): Json {
    return apiObject(this.type, settable(this.schema, values));
  }

  private stateOf(known: Values, live: LiveObject): Values {
    const { name, namespace } = live.metadata;
    const state = stateFrom(this.schema, known, live, { kind: this.type.kind, parent: "" });
    return { ...state, id: namespace === undefined ? name : `${namespace}/${name}` };
  }
}

function nameOf(state: Values): string {
  const name = at(state, ["metadata", "name"]);
  if (typeof name !== "string") throw new Error("the object has no name yet");
  return name;
}

/** The configured values: without read-only attributes and without values that are not known yet. */
function settable(schema: Block, values: Values): Values {
  const inside = (name: string, value: Value): Value => {
    if (value === Unknown.VALUE) return null;
    const block = schema.blocks[name]?.block;
    if (block !== undefined) return mapBlocks(value, (nested) => settable(block, nested));
    const { optional = true, required = false } = schema.attributes[name] ?? {};
    return optional || required ? value : null;
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, inside(name, value)]));
}

/** Merges the desired object into the live one: fields that were configured before and no longer are get removed, fields of others are kept. */
export function overlay(live: unknown, before: unknown, desired: unknown): unknown {
  if (!isJson(live) || !isJson(desired)) return desired;
  const earlier = isJson(before) ? before : {};
  const dropped = Object.keys(earlier).filter((key) => !(key in desired));
  const kept = Object.entries(live).filter(([key]) => !dropped.includes(key));
  const merged = Object.entries(desired).map(([key, value]) => [key, overlay(live[key], earlier[key], value)] as const);
  return { ...Object.fromEntries(kept), ...Object.fromEntries(merged) };
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
