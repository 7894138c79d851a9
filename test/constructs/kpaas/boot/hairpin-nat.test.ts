import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { HairpinNat } from "@groundwork/constructs/kpaas/boot/hairpin-nat";
import { KPB001, KPB011 } from "@groundwork/constructs/kpaas/boot/rules";
import { readCloudConfig } from "../../../support/boot-root";

const node = { name: "lab-cluster1", address: "192.168.7.10" };
const publicAddress = "203.0.113.10";

describe("HairpinNat", () => {
  test("accepts addresses that are known only at apply, and restores its rules every minute", () => {
    const part = HairpinNat.of({ node, publicAddress: "${TfToken[TOKEN.1]}" });
    const config = readCloudConfig(CloudInit.ubuntu().with(part).render());
    const file = (path: string) => config.write_files?.find((candidate) => candidate.path === path)?.content;
    expect(file("/etc/kpaas/hairpin-nat.env")).toContain("API_PUBLIC_ADDRESS='${TfToken[TOKEN.1]}'");
    expect(config.runcmd).toContainEqual(["systemctl", "enable", "--now", "kpaas-hairpin-nat.timer"]);
    expect(file("/etc/systemd/system/kpaas-hairpin-nat.timer")).toContain("OnCalendar=*-*-* *:*:00");
  });

  test("rejects a translation without a public address, and one to the same address", () => {
    expect(() => HairpinNat.of({ node })).toViolate(KPB011, /no public address/);
    expect(() => HairpinNat.of({ node, publicAddress: node.address })).toViolate(
      KPB011,
      /192\.168\.7\.10 as its own public address/,
    );
    const itself = { address: "192.168.8.10", publicAddress: "192.168.8.10" };
    expect(() => HairpinNat.of({ node, ingress: itself })).toViolate(KPB011, /the ingress address as its own/);
    expect(() => HairpinNat.of({ node: { name: "A", address: "x" }, publicAddress })).toViolate(KPB001);
  });
});
