import { checkedSshKey, SshKeys } from "@groundwork/constructs/boot/parts/ssh-keys";
import { sshKeyProblem, sshKeyType } from "@groundwork/constructs/boot/parts/ssh-public-key";
import { BOO004 } from "@groundwork/constructs/boot/rules";
import { lab } from "@groundwork/stacks/environments/lab";
import { production } from "../../../support/environments/production";
import fc from "fast-check";
import { publicKeyLine, publicKeys, rsa } from "../../../support/ssh-public-key";
import { filesBelow, textOf } from "../../../support/repository";

const KEYS = publicKeys();
const types = Object.keys(KEYS);
const keyOf = (type: string) => KEYS[type] ?? "";
const dataOf = (line: string) => line.split(" ")[1] ?? "";

const KEY = Buffer.alloc(32, 7);
const SHORT = Buffer.alloc(31, 7);
const { n, e } = rsa(2_048);
const bits = (count: number) => Buffer.concat([Buffer.from([0, 0x80]), Buffer.alloc(count / 8 - 2), Buffer.from([1])]);

describe("SSH public keys", () => {
  test.each(types)("accept a key of type %s, with and without a comment", (type) => {
    const [name, data] = keyOf(type).split(" ");
    expect(sshKeyProblem(keyOf(type))).toBeUndefined();
    expect(checkedSshKey(`${name} ${data}`)).toBe(`${name} ${data}`);
    expect(sshKeyProblem(`${name} ${data} Jörg's laptop, 2nd`)).toBeUndefined();
    expect(sshKeyType(keyOf(type))).toBe(type);
  });

  test.each(types)("reject a key of type %s from which any part is missing", (type) => {
    const line = keyOf(type);
    fc.assert(
      fc.property(fc.nat(dataOf(line).length - 1), fc.integer({ min: 1, max: 12 }), (at, count) => {
        const data = dataOf(line).slice(0, at) + dataOf(line).slice(at + count);
        expect(() => SshKeys.of(`${type} ${data} operators`)).toViolate(BOO004);
      }),
    );
  });

  test.each(types)("reject the data of a key of type %s under another type", (type) => {
    for (const other of types.filter((each) => each !== type))
      expect(() => SshKeys.of(`${other} ${dataOf(keyOf(type))}`)).toViolate(BOO004);
  });

  test.each(types.filter((type) => type.includes("ecdsa")))("reject a key of type %s with a changed point", (type) => {
    const data = Buffer.from(dataOf(keyOf(type)), "base64");
    fc.assert(
      // The point begins behind the type, the curve and their lengths.
      fc.property(
        fc.integer({ min: type.length + 20, max: type.length + 60 }),
        fc.integer({ min: 1, max: 255 }),
        (at, x) => {
          const changed = Buffer.from(data);
          changed[at] = (changed[at] ?? 0) ^ x;
          expect(() => SshKeys.of(`${type} ${changed.toString("base64")}`)).toViolate(BOO004);
        },
      ),
    );
  });

  test.each([
    ["an Ed25519 key of 31 bytes", publicKeyLine("ssh-ed25519", [SHORT]), /of 31 bytes, which has 32/],
    ["another field behind the key", publicKeyLine("ssh-ed25519", [KEY, "x"]), /bytes are incomplete/],
    ["a security key of 31 bytes", publicKeyLine("sk-ssh-ed25519@openssh.com", [SHORT, "ssh:"]), /of 31 bytes/],
    ["a security key without application", publicKeyLine("sk-ssh-ed25519@openssh.com", [KEY, ""]), /application/],
    ["another curve", publicKeyLine("ecdsa-sha2-nistp256", ["nistp384", Buffer.alloc(65, 4)]), /curve/],
    ["a compressed point", publicKeyLine("ecdsa-sha2-nistp256", ["nistp256", Buffer.alloc(33, 2)]), /incomplete/],
    ["RSA with 768 bits", publicKeyLine("ssh-rsa", [e, bits(768)]), /of 768 bits.*1024 to 16384/],
    ["RSA with 16,392 bits", publicKeyLine("ssh-rsa", [e, bits(16_392)]), /of 16392 bits/],
    ["RSA with an even exponent", publicKeyLine("ssh-rsa", [Buffer.from([4]), n]), /damaged/],
    ["RSA with exponent 1", publicKeyLine("ssh-rsa", [Buffer.from([1]), n]), /damaged/],
    ["RSA with exchanged numbers", publicKeyLine("ssh-rsa", [n, e]), /of 17 bits/],
    ["RSA with a negative modulus", publicKeyLine("ssh-rsa", [e, n.subarray(1)]), /not positive/],
    ["RSA with a needless zero", publicKeyLine("ssh-rsa", [Buffer.concat([Buffer.from([0]), e]), n]), /shortest form/],
    ["an empty modulus", publicKeyLine("ssh-rsa", [e, ""]), /not positive/],
    ["DSA", publicKeyLine("ssh-dss", ["p", "q", "g", "y"]), /OpenSSH rejects DSA keys/],
    ["a certificate", publicKeyLine("ssh-ed25519-cert-v01@openssh.com", [KEY]), /use one of ssh-ed25519, ssh-rsa/],
    ["options before the key", `command="x" ${keyOf("ssh-ed25519")}`, /a key of \d+ characters/],
    ["two spaces", keyOf("ssh-ed25519").replace(" ", "  "), /a key of \d+ characters/],
    ["a line break at the end", `${keyOf("ssh-ed25519")}\n`, /line break around it.*\.trim\(\)/],
    ["a second line", `${keyOf("ssh-ed25519")}\n${keyOf("ssh-rsa")}`, /a key of \d+ characters/],
    ["an escape sequence in the comment", `${keyOf("ssh-ed25519")}\u001b[1m`, /a key of \d+ characters/],
    ["no data", "ssh-ed25519", /a key of 11 characters/],
    ["nonsense", "ssh-ed25519 nonsense", /base64 characters are incomplete|bytes are incomplete/],
    ["base64 with unused bits at its end", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB==", /incomplete/],
  ] as const)("reject %s", (_, line, message) => {
    expect(() => SshKeys.of(line)).toViolate(BOO004, message);
  });

  test("reject a private key without printing it", () => {
    const secret = ["-----BEGIN OPENSSH", "PRIVATE KEY-----\nc2VjcmV0"].join(" ");
    expect(() => SshKeys.of(secret)).toViolate(BOO004, /a private key/);
    expect(() => SshKeys.of(secret)).not.toThrow(/c2VjcmV0/);
    const password = "x".repeat(80);
    expect(() => SshKeys.of(`${password} AAAA`)).not.toThrow(new RegExp(password));
  });

  test("accept a key that is known only at apply", () => {
    expect(checkedSshKey("${TfToken[TOKEN.7]}")).toBe("${TfToken[TOKEN.7]}");
  });

  test("the sample in the environment files is a text, so that no private key belongs to it", () => {
    const samples = [lab, production].flatMap(({ nhn, openstack }) =>
      [nhn, openstack].map((each) => each.platform.keyPair.publicKey),
    );
    const [sample, ...others] = [...new Set(samples)].map((line) => Buffer.from(dataOf(line), "base64"));
    expect(sample?.subarray(-32).toString()).toBe("groundwork sample key, no secret");
    expect(others).toEqual([]);
  });

  test("every key in the documentation and the examples is valid", () => {
    const files = ["docs", "examples", "stacks"].flatMap((path) =>
      [".md", ".ts"].flatMap((ending) => filesBelow(path, ending)),
    );
    const keys = files.flatMap(
      (file) => textOf(file).match(/\b(ssh-(rsa|ed25519)|ecdsa-sha2-\w+) AAAA[A-Za-z0-9+/]+={0,2}(?![\w.])/g) ?? [],
    );
    expect(keys.length).toBeGreaterThan(4);
    expect(keys.filter((key) => sshKeyProblem(key) !== undefined)).toEqual([]);
  });
});
