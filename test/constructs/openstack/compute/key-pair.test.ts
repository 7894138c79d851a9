import { ComputeKeypairV2 } from "@cdktf/provider-openstack/lib/compute-keypair-v2";
import { BOO004 } from "@groundwork/constructs/boot/rules";
import { KeyPair } from "@groundwork/constructs/openstack/compute/key-pair";
import { OST009 } from "@groundwork/constructs/openstack/rules";
import { resource, resources } from "../../../support/fixture";
import { openstackStack } from "../../../support/openstack";

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGroundworkGroundworkGroundworkGroundwork operators";

describe("KeyPair", () => {
  test("gives the cloud the public half", () => {
    const stack = openstackStack();
    const pair = new KeyPair(stack, "Operators", { publicKey });
    expect(resource(stack, ComputeKeypairV2)).toMatchObject({ name: "test-operators", public_key: publicKey });
    expect(pair.keyPairName).toContain("TfToken");
  });

  test("can be one that exists, whatever its name", () => {
    const stack = openstackStack();
    expect(KeyPair.fromName(stack, "Operators", "ops.2024 (old)").keyPairName).toBe("ops.2024 (old)");
    expect(resources(stack, ComputeKeypairV2)).toEqual([]);
  });

  test("cuts a name that it makes of a long path", () => {
    const stack = openstackStack();
    new KeyPair(stack, "KeyPairOfEverybodyWhoIsOnDutyAtNight", { publicKey });
    expect(resource(stack, ComputeKeypairV2)["name"]).toMatch(/^test-key-pair-of-every.*-[0-9a-f]{8}$/);
  });

  test.each(["x".repeat(33), "under_score", "with.dot", "한국어", ""])("rejects the name %p", (name) => {
    expect(() => new KeyPair(openstackStack(), "Key", { publicKey, name })).toViolate(OST009, /KeyPair\.fromName/);
  });

  test("takes a name of 32 letters, and one that only Terraform knows", () => {
    for (const name of ["x".repeat(32), "${var.key_pair}"])
      expect(() => new KeyPair(openstackStack(), "Key", { publicKey, name })).not.toThrow();
  });

  test("rejects what is no public key, and does not repeat it", () => {
    const make = () => new KeyPair(openstackStack(), "Key", { publicKey: "-----BEGIN OPENSSH PRIVATE KEY-----" });
    expect(make).toViolate(BOO004);
    expect(make).toThrow(/^(?!.*PRIVATE)/s);
  });
});
