import { apiObject } from "@groundwork/constructs/kubernetes/api-object";
import type { ApiType } from "@groundwork/constructs/kubernetes/conversion";
import type { Collection, KubernetesApi, LiveObject } from "../api";
import { fixedPaths } from "./facts";
import { stateFrom } from "./live-state";
import type { Managed } from "./managed";
import { MadeInVain } from "./managed";
import { at } from "./plan";
import type { Block } from "./schema";
import { gone, settled } from "./waits";
import type { Value, Values } from "./values";
import { isValues, Unknown } from "./values";

type Json = Readonly<Record<string, unknown>>;

/** A resource of the Kubernetes provider as an object of the API. */
export class KubernetesResource implements Managed {
  readonly legacy = true;
  readonly fixed: readonly string[];

  constructor(
    private readonly type: ApiType,
    readonly schema: Block,
    private readonly api: () => KubernetesApi,
  ) {
    this.fixed = fixedPaths(type.kind);
  }

  async create(planned: Values): Promise<Values> {
    const object = this.objectOf(planned);
    const collection = this.collection(planned);
    const made = await this.api().create(collection, object);
    try {
      return this.stateOf(planned, await settled(this.api(), collection, made, planned));
    } catch (error) {
      throw new MadeInVain(this.stateOf(planned, made), error);
    }
  }

  async read(state: Values): Promise<Values | undefined> {
    const live = await this.api().get(this.collection(state), nameOf(state));
    return live === undefined ? undefined : this.stateOf(state, live);
  }

  async update(prior: Values, planned: Values): Promise<Values> {
    const collection = this.collection(prior);
    const live = await this.api().get(collection, nameOf(prior));
    if (live === undefined) throw new Error(`${this.type.kind} ${nameOf(prior)} is gone`);
    const wanted = overlay(live, this.objectOf(prior), this.objectOf(planned)) as Json;
    const metadata = { ...(wanted["metadata"] as Json), resourceVersion: live.metadata.resourceVersion };
    const made = await this.api().replace(collection, nameOf(prior), { ...wanted, metadata });
    return this.stateOf(planned, await settled(this.api(), collection, made, planned));
  }

  async remove(state: Values): Promise<void> {
    const collection = this.collection(state);
    await this.api().remove(collection, nameOf(state));
    await gone(this.api(), collection, nameOf(state));
  }

  private collection(state: Values): Collection {
    const { apiVersion, plural, namespaced } = this.type;
    const namespace = at(state, ["metadata", "namespace"]);
    return {
      apiVersion,
      plural,
      ...(namespaced ? { namespace: typeof namespace === "string" ? namespace : "default" } : {}),
    };
  }

  private objectOf(values: Values): Json {
    return apiObject(this.type, settable(this.schema, values));
  }

  private stateOf(remembered: Values, live: LiveObject): Values {
    const { name, namespace } = live.metadata;
    const state = stateFrom(this.schema, remembered, live, { kind: this.type.kind, parent: "" });
    return { ...state, id: namespace === undefined ? name : `${namespace}/${name}` };
  }
}

function nameOf(state: Values): string {
  const name = at(state, ["metadata", "name"]);
  if (typeof name !== "string") throw new Error("the object has no name yet");
  return name;
}

/** What is somebody's wish: without what only the provider says, and without what is not known yet. */
function settable(schema: Block, values: Values): Values {
  const inside = (name: string, value: Value): Value => {
    if (value === Unknown.VALUE) return null;
    const block = schema.blocks[name]?.block;
    if (block === undefined) {
      const { optional = true, required = false } = schema.attributes[name] ?? {};
      return optional || required ? value : null;
    }
    if (Array.isArray(value))
      return (value as readonly Value[]).map((element) => (isValues(element) ? settable(block, element) : element));
    return isValues(value) ? settable(block, value) : value;
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, inside(name, value)]));
}

/** The live object with the wishes laid over it: what was wished for and is no more goes, what others added stays. */
export function overlay(live: unknown, before: unknown, wanted: unknown): unknown {
  if (!isJson(live) || !isJson(wanted)) return wanted;
  const earlier = isJson(before) ? before : {};
  const dropped = Object.keys(earlier).filter((key) => !(key in wanted));
  const kept = Object.entries(live).filter(([key]) => !dropped.includes(key));
  const laid = Object.entries(wanted).map(([key, value]) => [key, overlay(live[key], earlier[key], value)] as const);
  return { ...Object.fromEntries(kept), ...Object.fromEntries(laid) };
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
