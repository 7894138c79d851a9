import { ComputeKeypairV2 } from "@groundwork/provider-openstack/lib/compute-keypair-v2";
import { BOO004 } from "@groundwork/constructs/boot/rules";
import { KeyPair } from "@groundwork/constructs/openstack/compute/key-pair";
import { OST009, OST024 } from "@groundwork/constructs/openstack/rules";
import { resource, resources } from "../../../support/fixture";
import { openstackStack } from "../../../support/openstack";
import { publicKeys } from "../../../support/ssh-public-key";

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdyb3VuZHdvcmsgc2FtcGxlIGtleSwgbm8gc2VjcmV0 operators";

describe("KeyPair", () => {
  test("sends the public half to the cloud", () => {
    const stack = openstackStack();
    const pair = new KeyPair(stack, "Operators", { publicKey });
    expect(resource(stack, ComputeKeypairV2)).toMatchObject({ name: "test-operators", public_key: publicKey });
    expect(pair.keyPairName).toContain("TfToken");
  });

  test("can be imported with any name", () => {
    const stack = openstackStack();
    expect(KeyPair.fromName(stack, "Operators", "ops.2024 (old)").keyPairName).toBe("ops.2024 (old)");
    expect(resources(stack, ComputeKeypairV2)).toEqual([]);
  });

  test("shortens a name that is derived from a long path", () => {
    const stack = openstackStack();
    new KeyPair(stack, "KeyPairOfEveryOperatorOfThePlatform", { publicKey });
    expect(resource(stack, ComputeKeypairV2)["name"]).toMatch(/^test-key-pair-of-every.*-[0-9a-f]{8}$/);
  });

  test.each(["x".repeat(33), "under_score", "with.dot", "한국어", ""])("rejects the name %p", (name) => {
    expect(() => new KeyPair(openstackStack(), "Key", { publicKey, name })).toViolate(OST009, /KeyPair\.fromName/);
  });

  test("accepts a name of 32 letters, and a name that is only known at apply", () => {
    for (const name of ["x".repeat(32), "${TfToken[TOKEN.1]}"])
      expect(() => new KeyPair(openstackStack(), "Key", { publicKey, name })).not.toThrow();
  });

  test.each(Object.entries(publicKeys()))("accepts or rejects a key of type %s as Nova does", (type, key) => {
    const create = () => new KeyPair(openstackStack(), "Key", { publicKey: key });
    if (type.startsWith("sk-")) expect(create).toViolate(OST024, /of type sk-.*by SshKeys/);
    else expect(create).not.toThrow();
  });

  test("rejects an incomplete key", () => {
    expect(() => new KeyPair(openstackStack(), "Key", { publicKey: publicKey.replace("VjcmV0", "Vjcm") })).toViolate(
      BOO004,
    );
  });

  test("rejects a private key, and does not repeat it", () => {
    const create = () => new KeyPair(openstackStack(), "Key", { publicKey: "-----BEGIN OPENSSH PRIVATE KEY-----" });
    expect(create).toViolate(BOO004);
    expect(create).toThrow(/^(?!.*PRIVATE)/s);
  });
});
