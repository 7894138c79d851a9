import { createPrivateKey, createPublicKey } from "node:crypto";
import { emulator } from "../../support";
import { keyPair } from "../../fixtures";
import { publicKeyLine, publicKeys } from "../../../../support/ssh-public-key";

const cloud = emulator();
const post = (keypair: object) => cloud.openstack.post("compute", "/os-keypairs", { keypair });

const KEYS = publicKeys();
const SAMPLE = KEYS["ssh-ed25519"] ?? "";

describe("key pairs", () => {
  test("return the public key and its fingerprint", async () => {
    const created = await keyPair(cloud.openstack);
    expect(created).toMatchObject({
      name: "operators",
      fingerprint: expect.stringMatching(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/),
    });
    expect(created).not.toHaveProperty("private_key");
    expect(await cloud.openstack.show("compute", "/os-keypairs/operators")).toMatchObject({
      public_key: created["public_key"],
    });
  });

  test("return a generated private key once, and it matches the public key", async () => {
    const { body } = await post({ name: "generated" });
    const { private_key, public_key } = (body as { keypair: Record<string, string> }).keypair;
    const requested = createPublicKey(createPrivateKey(private_key ?? "")).export({ format: "jwk" });
    expect(public_key).toMatch(/^ssh-rsa [A-Za-z0-9+/=]+ /);
    expect(
      Buffer.from(public_key?.split(" ")[1] ?? "", "base64").includes(Buffer.from(requested.n ?? "", "base64url")),
    ).toBe(true);
    expect(await cloud.openstack.show("compute", "/os-keypairs/generated")).not.toHaveProperty("private_key");
  });

  test("have unique names", async () => {
    await keyPair(cloud.openstack);
    await expect(keyPair(cloud.openstack)).rejects.toThrow(/already exists/);
  });

  test.each(["", "a".repeat(256), "slash/", "with.dot"])("reject the name %p", async (name) => {
    expect((await post({ name, public_key: SAMPLE })).status).toBe(400);
  });

  test("have longer names and spaces in OpenStack, and dots on NHN Cloud", async () => {
    for (const name of ["with blank", "a".repeat(255)])
      expect((await post({ name, public_key: SAMPLE })).status).toBe(200);
    const onNhn = async (name: string) =>
      (await cloud.nhn.post("compute", "/os-keypairs", { keypair: { name, public_key: SAMPLE } })).status;
    expect([await onNhn("with.dot"), await onNhn("with blank"), await onNhn("a".repeat(33))]).toEqual([200, 400, 400]);
  });

  test.each(Object.entries(KEYS).filter(([type]) => !type.startsWith("sk-")))(
    "accept a key of type %s",
    async (type, key) => {
      expect((await post({ name: "valid", public_key: key })).status).toBe(200);
      expect((await post({ name: "cut", public_key: `${type} ${key.split(" ")[1]?.slice(0, -8) ?? ""}` })).status).toBe(
        400,
      );
    },
  );

  test.each([
    ["a security key, which Nova's library cannot read", KEYS["sk-ssh-ed25519@openssh.com"]],
    ["a point that is not on its curve", publicKeyLine("ecdsa-sha2-nistp256", ["nistp256", Buffer.alloc(65, 4)])],
    ["another type than that of its data", SAMPLE.replace("ssh-ed25519", "ssh-rsa")],
    ["nonsense", "ssh-ed25519 nonsense"],
  ])("reject %s", async (_case, key) => {
    expect((await post({ name: "a", public_key: key })).status).toBe(400);
  });

  test("reject a key that is not a public key", async () => {
    expect((await post({ name: "a", public_key: "-----BEGIN RSA PRIVATE KEY-----" })).status).toBe(400);
  });

  test("are deleted once", async () => {
    await keyPair(cloud.openstack);
    const remove = async () => (await cloud.openstack.delete("compute", "/os-keypairs/operators")).status;
    expect([await remove(), await remove()]).toEqual([202, 404]);
  });
});
