import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { KPB001, KPB003 } from "@groundwork/constructs/kpaas/boot/rules";
import { SshTrust } from "@groundwork/constructs/kpaas/boot/ssh-trust";
import { readCloudConfig } from "../../../support/boot-root";

const INSTALL_HOST = { name: "lab-cluster1", address: "127.0.0.1" };
const NODES = [INSTALL_HOST, { name: "lab-cluster2", address: "192.168.7.12" }];
const trust = SshTrust.createdAtFirstBoot({ installHost: INSTALL_HOST, nodes: NODES });

describe("SshTrust", () => {
  test("writes no private key into user data", () => {
    for (const part of [trust.installHost, trust.node]) {
      const text = JSON.stringify(readCloudConfig(CloudInit.ubuntu().with(part).render()));
      expect(text).not.toMatch(/PRIVATE KEY|TfToken/);
    }
  });

  test("uses a key of Terraform's with keyInState", () => {
    const lab = SshTrust.keyInState({
      ...{ installHost: INSTALL_HOST, nodes: NODES },
      publicKey: "${TfToken[TOKEN.1]}",
      privateKeyBase64: "${TfToken[TOKEN.2]}",
    });
    expect(CloudInit.ubuntu().with(lab.node).render()).toContain("ssh_authorized_keys:\n  - ${TfToken[TOKEN.1]}");
  });

  test("rejects a literal private key without repeating it", () => {
    const privateKeyBase64 = Buffer.from("a private key").toString("base64");
    const create = () =>
      SshTrust.keyInState({ installHost: INSTALL_HOST, nodes: NODES, publicKey: "ssh-rsa AAAA x", privateKeyBase64 });
    expect(create).toViolate(KPB003, /a text of 20 characters/);
    expect(create).not.toThrow(privateKeyBase64);
  });

  test("rejects invalid nodes", () => {
    expect(() => SshTrust.createdAtFirstBoot({ installHost: { name: "A", address: "x" }, nodes: NODES })).toViolate(
      KPB001,
    );
  });
});
