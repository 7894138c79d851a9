import type { Collection, KubernetesApi, LiveObject } from "@groundwork/local/kubernetes/api";
import { ManifestResource, stateFromJson } from "@groundwork/local/kubernetes/provider/manifest-resource";
import type { Value } from "@groundwork/local/kubernetes/provider/values";

const TYPE = Buffer.from(
  JSON.stringify(["object", { apiVersion: "string", kind: "string", metadata: ["object", { name: "string" }] }]),
);

/** A state as Terraform sends it: the manifest with its type, and every attribute of it. */
const stateOf = (object: object) => ({ manifest: [TYPE, object] as unknown as Value, object: null });
const THING = { apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "one" }, spec: { a: "1", b: null } };

/** An API server with one kind, which belongs to namespaces. */
function server() {
  const objects = new Map<string, object>();
  const key = ({ plural, namespace = "" }: Collection, name: string) => `${plural}/${namespace}/${name}`;
  const nameOf = (object: object) => (object as LiveObject).metadata.name;
  const api = {
    typeOf: () => Promise.resolve({ plural: "things", namespaced: true }),
    create: (collection: Collection, object: object) => {
      objects.set(key(collection, nameOf(object)), object);
      return Promise.resolve(object);
    },
    replace: (collection: Collection, name: string, object: object) =>
      api.create(collection, { ...object, metadata: { name } }),
    get: (collection: Collection, name: string) => Promise.resolve(objects.get(key(collection, name))),
    remove: (collection: Collection, name: string) => Promise.resolve(objects.delete(key(collection, name))),
  };
  return { objects, resource: new ManifestResource(() => api as unknown as KubernetesApi) };
}

describe("kubernetes_manifest", () => {
  test("is created without attributes that are not set, in the default namespace", async () => {
    const { objects, resource } = server();
    await resource.create(stateOf(THING));
    expect([...objects]).toEqual([["things/default/one", { ...THING, spec: { a: "1" } }]]);
  });

  test("is read with the fields that were sent, so that defaults of the server are no changes", async () => {
    const { objects, resource } = server();
    const state = await resource.create(stateOf(THING));
    objects.set("things/default/one", { ...THING, spec: { a: "1", set: "by the server" }, status: {} });
    expect(await resource.read(state)).toEqual(state);
    objects.set("things/default/one", { ...THING, spec: { a: "2" } });
    expect(await resource.read(state)).toMatchObject({ manifest: [TYPE, { spec: { a: "2", b: null } }] });
    objects.clear();
    expect(await resource.read(state)).toBeUndefined();
  });

  test("is updated in place, created again under another name, and removed", async () => {
    const { objects, resource } = server();
    const state = await resource.create(stateOf(THING));
    const changed = await resource.update(state, stateOf({ ...THING, spec: { a: "2", b: null } }));
    expect(objects.get("things/default/one")).toMatchObject({ spec: { a: "2" } });
    const renamed = await resource.update(changed, stateOf({ ...THING, metadata: { name: "two" } }));
    expect([...objects.keys()]).toEqual(["things/default/two"]);
    await resource.remove(renamed);
    expect(objects.size).toBe(0);
  });

  test("is read from stored state, in which a value of unknown type is an object of both", () => {
    const { schema } = server().resource;
    const stored = { manifest: { type: ["object", {}], value: {} }, object: null } as unknown as Value;
    expect(stateFromJson(schema, stored)).toEqual({ manifest: [Buffer.from('["object",{}]'), {}], object: null });
    expect(stateFromJson(schema, null)).toBeNull();
  });
});
