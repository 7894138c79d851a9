import { generateKeyPairSync, type JsonWebKey } from "node:crypto";

/** A line of a `.pub` file with the given type and fields. */
export function publicKeyLine(type: string, fields: readonly (Buffer | string)[], comment = "operators"): string {
  const parts = [type, ...fields].map((field) => Buffer.from(field)).map((field) => [length(field), field]);
  return `${type} ${Buffer.concat(parts.flat()).toString("base64")} ${comment}`;
}

/** Public keys of every type that OpenSSH writes; their private halves are discarded. */
export function publicKeys(): Readonly<Record<string, string>> {
  const ed25519 = bytes(generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" }), "x");
  const point = (name: string): Buffer => {
    const jwk = generateKeyPairSync("ec", { namedCurve: name }).publicKey.export({ format: "jwk" });
    return Buffer.concat([Buffer.from([4]), bytes(jwk, "x"), bytes(jwk, "y")]);
  };
  const { n, e } = rsa(2_048);
  const ecdsa = Object.entries({ nistp256: "P-256", nistp384: "P-384", nistp521: "P-521" }).map(
    ([curve, name]) => [`ecdsa-sha2-${curve}`, [curve, point(name)]] as const,
  );
  const fields: Readonly<Record<string, readonly (Buffer | string)[]>> = {
    "ssh-ed25519": [ed25519],
    "ssh-rsa": [e, n],
    ...Object.fromEntries(ecdsa),
    "sk-ssh-ed25519@openssh.com": [ed25519, "ssh:"],
    "sk-ecdsa-sha2-nistp256@openssh.com": ["nistp256", point("P-256"), "ssh:"],
  };
  return Object.fromEntries(Object.entries(fields).map(([type, values]) => [type, publicKeyLine(type, values)]));
}

/** Numbers of an RSA key in SSH's notation. */
export function rsa(modulusLength: number): { readonly n: Buffer; readonly e: Buffer } {
  const jwk = generateKeyPairSync("rsa", { modulusLength }).publicKey.export({ format: "jwk" });
  return { n: positive(bytes(jwk, "n")), e: positive(bytes(jwk, "e")) };
}

/** A number whose first bit is set is preceded by a zero byte; without it the number would be negative. */
function positive(number: Buffer): Buffer {
  return (number[0] ?? 0) < 0x80 ? number : Buffer.concat([Buffer.from([0]), number]);
}

function bytes(jwk: JsonWebKey, name: "x" | "y" | "n" | "e"): Buffer {
  return Buffer.from(jwk[name] ?? "", "base64url");
}

function length({ length: size }: Buffer): Buffer {
  const field = Buffer.alloc(4);
  field.writeUInt32BE(size);
  return field;
}
