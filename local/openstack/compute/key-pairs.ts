import { createHash, generateKeyPairSync } from "node:crypto";
import type { JsonObject } from "../../aws/gateway/answer";
import { USER_ID } from "../account";
import type { Call, Reply, Route } from "../call";
import { param } from "../call";
import { oneOf, read, word } from "../fields";
import { badRequest, conflict } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";

/** A public key that new machines trust. Its id is its name. */
export interface KeyPair extends Row {
  readonly name: string;
  readonly public_key: string;
  readonly fingerprint: string;
}

export const KEY_PAIRS = new Kind<KeyPair>("Key pair");

/** Key pairs of either cloud. */
export function keyPairs(world: World): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/os-keypairs",
      answer: () => ({ body: { keypairs: world.all(KEY_PAIRS).map((pair) => ({ keypair: shown(pair) })) } }),
    },
    {
      method: "GET",
      path: "/os-keypairs/:name",
      answer: (call) => {
        const times = { created_at: "2026-01-01T00:00:00.000000", updated_at: null, deleted: false, deleted_at: null };
        return { body: { keypair: { ...shown(world.get(KEY_PAIRS, param(call, "name"))), id: 1, ...times } } };
      },
    },
    { method: "POST", path: "/os-keypairs", status: 200, answer: (call) => create(world, call) },
    {
      method: "DELETE",
      path: "/os-keypairs/:name",
      status: 202,
      answer: (call) => {
        world.remove(KEY_PAIRS, world.get(KEY_PAIRS, param(call, "name")).id);
        return {};
      },
    },
  ];
}

function shown({ name, public_key, fingerprint }: KeyPair): JsonObject {
  return { name, public_key, fingerprint, user_id: USER_ID, type: "ssh" };
}

function create(world: World, call: Call): Reply {
  const { name, public_key } = read(call, {
    wrapper: "keypair",
    required: { name: word },
    optional: { public_key: word, type: oneOf("ssh"), user_id: word },
  });
  if (!/^[A-Za-z0-9._-]{1,32}$/.test(name))
    throw badRequest(`"${name}" is no name of a key pair: 32 letters, digits, "." and "-" at most`);
  if (world.find(KEY_PAIRS, name) !== undefined) throw conflict("KeyPairExists", `Key pair '${name}' already exists.`);
  const made = public_key === undefined ? generated() : undefined;
  const key = public_key ?? made?.publicKey ?? "";
  const pair = world.add(KEY_PAIRS, { id: name, name, public_key: key, fingerprint: fingerprint(key) });
  // The private half is told once and not kept.
  return { body: { keypair: { ...shown(pair), ...(made === undefined ? {} : { private_key: made.privateKey }) } } };
}

/** OpenSSH's older fingerprint: MD5 of the key's blob, byte by byte. */
function fingerprint(publicKey: string): string {
  const [type = "", blob = ""] = publicKey.trim().split(/\s+/);
  if (!/^(ssh|ecdsa)-/.test(type) || blob === "")
    throw badRequest("Keypair data is invalid: failed to generate fingerprint");
  const digest = createHash("md5").update(Buffer.from(blob, "base64")).digest("hex");
  return (digest.match(/../g) ?? []).join(":");
}

function generated(): { readonly publicKey: string; readonly privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { e = "", n = "" } = publicKey.export({ format: "jwk" });
  // A leading zero keeps a number positive that begins with a set bit; the modulus always does.
  const modulus = Buffer.concat([Buffer.from([0]), Buffer.from(n, "base64url")]);
  const parts = [Buffer.from("ssh-rsa"), Buffer.from(e, "base64url"), modulus];
  const blob = Buffer.concat(parts.flatMap((part) => [length(part), part])).toString("base64");
  return {
    publicKey: `ssh-rsa ${blob} generated`,
    privateKey: privateKey.export({ format: "pem", type: "pkcs1" }).toString(),
  };
}

function length(part: Buffer): Buffer {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32BE(part.length);
  return prefix;
}
