/** Why a text is not an SSH public key. It never contains the text, which may be a private key. */
export interface KeyProblem {
  readonly given: string;
  readonly fix: string;
}

const COPY = "copy the whole line of the .pub file, such as ssh-ed25519 AAAA... name";

/** A line of a `.pub` file: type, data and an optional comment without line breaks and other control characters. */
const LINE = /^(\S+) ([A-Za-z0-9+/]+={0,2})( [^\u0000-\u001f\u007f]*)?$/;

/**
 * A curve of ECDSA keys: y² = x³ - 3x + b modulo p.
 *
 * Source: SEC 2: Recommended Elliptic Curve Domain Parameters 2.0, sections 2.4.2, 2.5.1 and 2.6.1.
 */
interface Curve {
  readonly bytes: number;
  readonly p: bigint;
  readonly b: bigint;
}

const CURVES: Readonly<Record<string, Curve>> = {
  nistp256: {
    bytes: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  nistp384: {
    bytes: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  nistp521: {
    bytes: 66,
    p: 2n ** 521n - 1n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
};

/** Shortest and longest RSA modulus that OpenSSH accepts, in bits. Source: OpenSSH, sshkey.h and sshbuf.h. */
const RSA_BITS = { least: 1_024, most: 16_384 };

/** Checks the fields after the type; returns what is wrong with them. */
type FieldCheck = (fields: readonly Buffer[]) => string | undefined;

/** Number of fields after the type, and their check. */
interface KeyFormat {
  readonly fields: number;
  readonly check: FieldCheck;
}

/** Fields of a key's data after its type. Sources: RFC 4253 6.6, RFC 5656 3.1, RFC 8709 4, OpenSSH PROTOCOL.u2f. */
const TYPES: Readonly<Record<string, KeyFormat>> = {
  "ssh-ed25519": { fields: 1, check: ([key]) => ed25519Problem(key) },
  "ssh-rsa": { fields: 2, check: ([exponent, modulus]) => rsaProblem(exponent, modulus) },
  "ecdsa-sha2-nistp256": { fields: 2, check: ecdsaCheck("nistp256") },
  "ecdsa-sha2-nistp384": { fields: 2, check: ecdsaCheck("nistp384") },
  "ecdsa-sha2-nistp521": { fields: 2, check: ecdsaCheck("nistp521") },
  "sk-ssh-ed25519@openssh.com": {
    fields: 2,
    check: ([key, application]) => ed25519Problem(key) ?? applicationProblem(application),
  },
  "sk-ecdsa-sha2-nistp256@openssh.com": {
    fields: 3,
    check: ([curve, point, application]) =>
      ecdsaCheck("nistp256")([curve, point].filter((field) => field !== undefined)) ?? applicationProblem(application),
  },
};

/** Whether a text is the type of a key that servers and clouds accept. */
export function isSshKeyType(type: string): boolean {
  return Object.hasOwn(TYPES, type);
}

/** Type of a key of a line, such as `ssh-ed25519`. */
export function sshKeyType(line: string): string {
  return line.split(" ")[0] ?? "";
}

/**
 * Checks that a line is an SSH public key: that its data has the structure and the values that servers and clouds accept.
 *
 * A key with a single wrong character is rejected by clouds with a message that does not name it, and by a machine silently.
 */
export function sshKeyProblem(line: string): KeyProblem | undefined {
  const [, type = "", data = ""] = LINE.exec(line) ?? [];
  const format = TYPES[type];
  if (format === undefined) return lineProblem(line);
  return dataProblem(type, data, format);
}

function dataProblem(type: string, data: string, format: KeyFormat): KeyProblem | undefined {
  const bytes = Buffer.from(data, "base64");
  if (bytes.toString("base64") !== data)
    return { given: `an ${type} key whose ${data.length} base64 characters are incomplete`, fix: COPY };
  const fields = fieldsOf(bytes);
  if (fields === undefined || fields.length !== format.fields + 1)
    return { given: `an ${type} key whose ${bytes.length} bytes are incomplete, or more than one key`, fix: COPY };
  const [inner, ...values] = fields;
  if (inner?.toString("latin1") !== type)
    return { given: `a line of type ${type} whose data is a key of another type`, fix: COPY };
  const problem = format.check(values);
  return problem === undefined ? undefined : { given: `an ${type} key ${problem}`, fix: COPY };
}

function lineProblem(line: string): KeyProblem {
  if (line.includes("PRIVATE KEY")) return { given: "a private key", fix: "use the line of the .pub file next to it" };
  if (line !== line.trim() && sshKeyProblem(line.trim()) === undefined)
    return { given: "a public key with space or a line break around it", fix: "remove it, for example by .trim()" };
  const [, type] = /^((?:ssh|ecdsa|sk)-[\w@.-]{1,64}) /.exec(line) ?? [];
  if (type === "ssh-dss") return { given: "a key of type ssh-dss", fix: "use ssh-ed25519: OpenSSH rejects DSA keys" };
  // Only a type is printed, since any other word may be a secret.
  if (type === undefined || TYPES[type] !== undefined)
    return { given: `a key of ${line.length} characters`, fix: COPY };
  return { given: `a key of type ${type}`, fix: `use one of ${Object.keys(TYPES).join(", ")}` };
}

/** Fields of a key's data, each preceded by its length in four bytes; `undefined` if the lengths do not match the data. */
function fieldsOf(bytes: Buffer): readonly Buffer[] | undefined {
  const fields: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    fields.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function ed25519Problem(key: Buffer | undefined): string | undefined {
  return key?.length === 32 ? undefined : `of ${key?.length ?? 0} bytes, which has 32`;
}

/** Name of the application that a security key is bound to, by default `ssh:`. */
function applicationProblem(application: Buffer | undefined): string | undefined {
  return application?.toString("latin1").startsWith("ssh:") === true ? undefined : 'whose application is not "ssh:"';
}

function rsaProblem(exponent: Buffer | undefined, modulus: Buffer | undefined): string | undefined {
  const [e, n] = [numberOf(exponent), numberOf(modulus)];
  if (e === undefined || n === undefined) return "whose numbers are not positive or not in their shortest form";
  const bits = n.toString(2).length;
  if (bits < RSA_BITS.least || bits > RSA_BITS.most)
    return `of ${bits} bits, which OpenSSH rejects; it accepts ${RSA_BITS.least} to ${RSA_BITS.most}`;
  return e < 3n || e % 2n === 0n || e >= n || n % 2n === 0n ? "whose numbers are damaged" : undefined;
}

/** A positive number as RFC 4251 writes it: without needless leading zeros, and with one before a first bit that is set. */
function numberOf(bytes: Buffer | undefined): bigint | undefined {
  const [first, second = 0] = bytes ?? [];
  if (bytes === undefined || first === undefined || first >= 0x80) return undefined;
  if (first === 0 && second < 0x80) return undefined;
  return BigInt(`0x${bytes.toString("hex")}`);
}

function ecdsaCheck(name: string): FieldCheck {
  return ([inner, point]) => {
    const curve = CURVES[name];
    if (curve === undefined || inner?.toString("latin1") !== name) return "whose curve is not that of its type";
    // Uncompressed: 4, x, y. No program writes the compressed form, and OpenSSH does not read it.
    if (point?.length !== 1 + 2 * curve.bytes || point[0] !== 4) return "whose point is incomplete";
    return isOnCurve(curve, point) ? undefined : "whose point is damaged";
  };
}

function isOnCurve({ bytes, p, b }: Curve, point: Buffer): boolean {
  const coordinate = (from: number): bigint => BigInt(`0x${point.subarray(from, from + bytes).toString("hex")}`);
  const [x, y] = [coordinate(1), coordinate(1 + bytes)];
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n;
}
