import { createHash, generateKeyPairSync } from "node:crypto";
import { badRequest } from "../../api/api-error";

/** The fingerprint in OpenSSH's older format: MD5 of the key blob. Rejects text that is not an OpenSSH public key. */
export function fingerprint(publicKey: string): string {
  const [type = "", blob = ""] = publicKey.trim().split(/\s+/);
  if (!/^(ssh|ecdsa)-/.test(type) || blob === "")
    throw badRequest("Keypair data is invalid: failed to generate fingerprint");
  const digest = createHash("md5").update(Buffer.from(blob, "base64")).digest("hex");
  return (digest.match(/../g) ?? []).join(":");
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
