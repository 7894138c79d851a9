import { defined } from "@groundwork/constructs/core";
import type { JsonObject } from "../../../http/json";
import { USER_ID } from "../../account";
import { badRequest, conflict } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { nonEmptyText, oneOf, read } from "../../api/fields";
import type { Store } from "../../store";
import { KEY_PAIRS, type KeyPair } from "../models";
import type { ComputeRules } from "../rules";
import { fingerprint, generateKeyPair } from "../queries/ssh-keys";

/** Key pairs, on both clouds. */
export function keyPairs(store: Store, { keyPairNames }: Pick<ComputeRules, "keyPairNames">): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/os-keypairs",
      handle: () => ({ body: { keypairs: store.all(KEY_PAIRS).map((pair) => ({ keypair: keyPairView(pair) })) } }),
    },
    {
      method: "GET",
      path: "/os-keypairs/:name",
      handle: (call) => {
        const times = { created_at: "2026-01-01T00:00:00.000000", updated_at: null, deleted: false, deleted_at: null };
        return { body: { keypair: { ...keyPairView(store.get(KEY_PAIRS, param(call, "name"))), id: 1, ...times } } };
      },
    },
    { method: "POST", path: "/os-keypairs", status: 200, handle: (call) => create(store, call, keyPairNames) },
    {
      method: "DELETE",
      path: "/os-keypairs/:name",
      status: 202,
      handle: (call) => {
        store.remove(KEY_PAIRS, store.get(KEY_PAIRS, param(call, "name")).id);
        return {};
      },
    },
  ];
}

function keyPairView({ name, public_key, fingerprint }: KeyPair): JsonObject {
  return { name, public_key, fingerprint, user_id: USER_ID, type: "ssh" };
}

function create(store: Store, call: Call, names: RegExp): Reply {
  const { name, public_key } = read(call, {
    wrapper: "keypair",
    required: { name: nonEmptyText },
    optional: { public_key: nonEmptyText, type: oneOf("ssh"), user_id: nonEmptyText },
  });
  if (!names.test(name)) throw badRequest(`An invalid 'name' value was provided: ${name}`);
  if (store.find(KEY_PAIRS, name) !== undefined) throw conflict("KeyPairExists", `Key pair '${name}' already exists.`);
  const generated = public_key === undefined ? generateKeyPair() : undefined;
  const key = public_key ?? generated?.publicKey ?? "";
  const pair = store.add(KEY_PAIRS, { id: name, name, public_key: key, fingerprint: fingerprint(key) });
  // The private key is returned once and not stored.
  return {
    body: { keypair: { ...keyPairView(pair), ...defined({ private_key: generated?.privateKey }) } },
  };
}
