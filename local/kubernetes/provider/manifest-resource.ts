import type { Collection, KubernetesApi, LiveObject } from "../api";
import { overlay } from "./kubernetes-resource";
import type { Managed } from "./managed";
import type { Block, WireType } from "./schema";
import { Unknown, type Value, type Values } from "./values";

const OPTIONAL = { required: false, optional: true, computed: false } as const;

/** The arguments of `kubernetes_manifest` that the library uses. */
const SCHEMA: Block = {
  attributes: {
    manifest: { type: "dynamic", required: true, optional: false, computed: false },
    object: { type: "dynamic", ...OPTIONAL, computed: true },
    computed_fields: { type: ["list", "string"], ...OPTIONAL },
    wait_for: { type: ["object", { fields: ["map", "string"] }], ...OPTIONAL },
  },
  blocks: {},
};

type Json = Readonly<Record<string, unknown>>;

/** An object of any kind that the API server knows, such as one of a custom resource definition. */
export class ManifestResource implements Managed {
  readonly schema = SCHEMA;
  readonly legacy = false;
  readonly immutablePaths = [];

  constructor(private readonly api: () => KubernetesApi) {}

  async create(planned: Values): Promise<Values> {
    const object = objectOf(planned);
    await this.api().create(await this.collectionOf(object), object);
    return withObject(planned);
  }

  async read(state: Values): Promise<Values | undefined> {
    const object = objectOf(state);
    const live = await this.api().get(await this.collectionOf(object), nameOf(object));
    if (live === undefined) return undefined;
    const [type, known] = dynamic(state["manifest"]);
    return withObject({ ...state, manifest: [type, likeIn(live, known)] as unknown as Value });
  }

  async update(prior: Values, planned: Values): Promise<Values> {
    const [before, object] = [objectOf(prior), objectOf(planned)];
    const collection = await this.collectionOf(before);
    if (nameOf(before) !== nameOf(object) || namespaceOf(before) !== namespaceOf(object)) {
      await this.api().remove(collection, nameOf(before));
      return this.create(planned);
    }
    const live = await this.api().get(collection, nameOf(before));
    if (live === undefined) throw new Error(`${String(before["kind"])} ${nameOf(before)} no longer exists`);
    await this.api().replace(collection, nameOf(object), overlay(live, before, object) as LiveObject);
    return withObject(planned);
  }

  async remove(state: Values): Promise<void> {
    const object = objectOf(state);
    await this.api().remove(await this.collectionOf(object), nameOf(object));
  }

  private async collectionOf(object: Json): Promise<Collection> {
    const [apiVersion, kind] = [String(object["apiVersion"]), String(object["kind"])];
    const { plural, namespaced } = await this.api().typeOf(apiVersion, kind);
    return { apiVersion, plural, namespace: namespaced ? (namespaceOf(object) ?? "default") : undefined };
  }
}

/** A value of a type that is known only from the value: its type in JSON, and the value. */
function dynamic(value: Value | undefined): readonly [type: unknown, value: Value] {
  if (!Array.isArray(value)) throw new Error("the manifest is not known");
  const [type, inside = null] = value as readonly Value[];
  return [type, inside];
}

/** The object of a manifest. Terraform sends every attribute of an object type, with null for those that are not set. */
function objectOf(state: Values): Json {
  return withoutNulls(dynamic(state["manifest"])[1]) as Json;
}

function withoutNulls(value: Value): unknown {
  if (Array.isArray(value)) return (value as readonly Value[]).map(withoutNulls);
  if (typeof value !== "object" || value === null || value === Unknown.VALUE) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inside]) => inside !== null)
      .map(([key, inside]) => [key, withoutNulls(inside as Value)]),
  );
}

/** The state with the object: what was sent, because defaults of the server are no changes. */
function withObject(state: Values): Values {
  return { ...state, object: state["manifest"] ?? null };
}

/** The fields of a live object that a manifest has, so that others set by the server are no changes. */
function likeIn(live: unknown, desired: unknown): unknown {
  if (Array.isArray(desired))
    return Array.isArray(live) && live.length === desired.length
      ? desired.map((element, index) => likeIn((live as readonly unknown[])[index], element))
      : (live ?? null);
  if (desired === null) return null;
  if (typeof desired !== "object") return live ?? null;
  const found = (live ?? {}) as Json;
  return Object.fromEntries(Object.entries(desired).map(([key, inside]) => [key, likeIn(found[key], inside)]));
}

function nameOf(object: Json): string {
  return String((object["metadata"] as Json)["name"]);
}

function namespaceOf(object: Json): string | undefined {
  const { namespace } = object["metadata"] as { readonly namespace?: string };
  return namespace;
}

/**
 * A state as Terraform stores it, in the encoding of the plugin protocol: a value of unknown type is stored as an object of its type
 * and its value, and sent as a list of both.
 */
export function stateFromJson(schema: Block, state: Value): Value {
  if (typeof state !== "object" || state === null) return state;
  return Object.fromEntries(
    Object.entries(state).map(([name, value]: [string, Value]) => {
      const isDynamic = schema.attributes[name]?.type === "dynamic" && typeof value === "object" && value !== null;
      if (!isDynamic) return [name, value];
      const { type, value: inside } = value as unknown as { readonly type: WireType; readonly value: Value };
      return [name, [Buffer.from(JSON.stringify(type)), inside] as unknown as Value];
    }),
  );
}
