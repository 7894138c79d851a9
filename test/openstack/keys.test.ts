import { sshKeyProblem } from "@groundwork/constructs/boot/parts/ssh-public-key";
import { publicKeyLine, publicKeys, rsa } from "../support/ssh-public-key";
import { Project } from "./support/project";
import { SAMPLE } from "./probe/compute";

const { e } = rsa(2_048);

/** Keys that our rule rejects. */
const REJECTED: Readonly<Record<string, string>> = {
  "Ed25519 of 31 bytes": publicKeyLine("ssh-ed25519", [Buffer.alloc(31, 7)]),
  "Ed25519 with an incomplete end": SAMPLE.replace("VjcmV0", "Vj"),
  "another type than its data": SAMPLE.replace("ssh-ed25519", "ecdsa-sha2-nistp256"),
  "a point that is not on the curve": publicKeyLine("ecdsa-sha2-nistp256", ["nistp256", Buffer.alloc(65, 4)]),
  "a compressed point": publicKeyLine("ecdsa-sha2-nistp256", ["nistp256", Buffer.alloc(33, 2)]),
  "RSA with a negative modulus": publicKeyLine("ssh-rsa", [e, Buffer.alloc(256, 0xff)]),
  "the former sample": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGroundworkGroundworkGroundworkGroundwork operators",
};

describe("SSH public keys on a real Nova", () => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.create({ name: "keys" });
  });

  async function status(key: string): Promise<number> {
    const { status: code } = await project.api.send("POST", "compute", "/os-keypairs", {
      keypair: { name: "key", public_key: key },
    });
    await project.api.send("DELETE", "compute", "/os-keypairs/key");
    return code;
  }

  test.each(Object.entries({ ...publicKeys(), sample: SAMPLE }))("a valid key: %s", async (type, key) => {
    expect(sshKeyProblem(key)).toBeUndefined();
    // The reason for the rule OST024. A Nova that accepts them does not need it.
    expect(await status(key)).toBe(type.startsWith("sk-") ? 400 : 200);
  });

  test.each(Object.entries(REJECTED))("an invalid key: %s", async (_, key) => {
    expect(sshKeyProblem(key)).toBeDefined();
    expect(await status(key)).toBe(400);
  });
});
