import { createPrivateKey, createPublicKey } from "node:crypto";
import { emulator } from "../../support";
import { keyPair } from "../../fixtures";

const cloud = emulator();
const post = (keypair: object) => cloud.openstack.post("compute", "/os-keypairs", { keypair });

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

  test.each(["", "with blank", "a".repeat(33), "slash/"])("reject the name %p", async (name) => {
    expect((await post({ name, public_key: "ssh-rsa AAAA" })).status).toBe(400);
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
