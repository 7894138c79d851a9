import { createHash, createPublicKey, generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { badRequest } from "../../api/api-error";

// Independent of the check in constructs/boot: an error there must not be repeated here.

const CURVES: Readonly<Record<string, { readonly crv: string; readonly bytes: number }>> = {
  "ecdsa-sha2-nistp256": { crv: "P-256", bytes: 32 },
  "ecdsa-sha2-nistp384": { crv: "P-384", bytes: 48 },
  "ecdsa-sha2-nistp521": { crv: "P-521", bytes: 66 },
};

/**
 * The fingerprint in OpenSSH's older format: MD5 of the key's data. Rejects text that is not an OpenSSH public key.
 *
 * Security keys (`sk-`) are rejected as well: the library with which Nova reads keys does not know them.
 */
export function fingerprint(publicKey: string): string {
  const [type = "", data = ""] = publicKey.split(" ");
  if (!isPublicKey(type, Buffer.from(data, "base64"), data))
    throw badRequest("Keypair data is invalid: failed to generate fingerprint");
  const digest = createHash("md5").update(Buffer.from(data, "base64")).digest("hex");
  return (digest.match(/../g) ?? []).join(":");
}

/** Whether Node's library, which checks points and numbers, accepts the key. */
function isPublicKey(type: string, bytes: Buffer, text: string): boolean {
  const [inner, ...fields] = fieldsOf(bytes);
  if (bytes.toString("base64") !== text || inner?.toString("latin1") !== type) return false;
  const jwk = jwkOf(type, fields);
  try {
    if (jwk !== undefined) createPublicKey({ key: jwk, format: "jwk" });
    return jwk !== undefined;
  } catch {
    return false;
  }
}

function jwkOf(type: string, [first, second, ...more]: readonly Buffer[]): JsonWebKey | undefined {
  if (first === undefined || more.length > 0) return undefined;
  if (second === undefined)
    return type === "ssh-ed25519" ? { kty: "OKP", crv: "Ed25519", x: first.toString("base64url") } : undefined;
  return type === "ssh-rsa" ? rsaOf(first, second) : ecdsaOf(type, second);
}

/** The first bit of a positive number is not set. */
function rsaOf(exponent: Buffer, modulus: Buffer): JsonWebKey | undefined {
  if ((modulus[0] ?? 0xff) >= 0x80) return undefined;
  return { kty: "RSA", e: exponent.toString("base64url"), n: modulus.toString("base64url") };
}

/** An uncompressed point: 4, x, y. */
function ecdsaOf(type: string, point: Buffer): JsonWebKey | undefined {
  const { crv, bytes = 0 } = CURVES[type] ?? {};
  if (crv === undefined || point[0] !== 4 || point.length !== 1 + 2 * bytes) return undefined;
  const coordinate = (from: number): string => point.subarray(from, from + bytes).toString("base64url");
  return { kty: "EC", crv, x: coordinate(1), y: coordinate(1 + bytes) };
}

/** Fields, each preceded by its length; empty if the lengths do not match the data. */
function fieldsOf(bytes: Buffer): readonly Buffer[] {
  const fields: Buffer[] = [];
  let rest = bytes;
  while (rest.length >= 4) {
    const end = 4 + rest.readUInt32BE(0);
    if (end > rest.length) return [];
    fields.push(rest.subarray(4, end));
    rest = rest.subarray(end);
  }
  return rest.length === 0 ? fields : [];
}

/** Generates an RSA key pair: the public key in OpenSSH format, the private key as PEM. */
export function generateKeyPair(): { readonly publicKey: string; readonly privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { e = "", n = "" } = publicKey.export({ format: "jwk" });
  // A leading zero byte keeps the number positive: the first bit of the modulus is always set.
  const modulus = Buffer.concat([Buffer.from([0]), Buffer.from(n, "base64url")]);
  const parts = [Buffer.from("ssh-rsa"), Buffer.from(e, "base64url"), modulus];
  const blob = Buffer.concat(parts.flatMap((part) => [lengthPrefix(part), part])).toString("base64");
  return {
    publicKey: `ssh-rsa ${blob} generated`,
    privateKey: privateKey.export({ format: "pem", type: "pkcs1" }).toString(),
  };
}

function lengthPrefix(part: Buffer): Buffer {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32BE(part.length);
  return prefix;
}
