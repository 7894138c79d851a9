import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { InsideAddress } from "@groundwork/constructs/kpaas/boot/inside-address";
import { KPB001, KPB011 } from "@groundwork/constructs/kpaas/boot/rules";
import { readCloudConfig } from "../../../support/boot-root";

const node = { name: "lab-cluster1", address: "192.168.7.10" };
const publicAddress = "203.0.113.10";
describe("InsideAddress", () => {
  test("takes addresses that Terraform alone knows, and looks after itself every minute", () => {
    const part = InsideAddress.of({ node, publicAddress: "${TfToken[TOKEN.1]}" });
    const config = readCloudConfig(CloudInit.ubuntu().with(part).render());
    const file = (path: string) => config.write_files?.find((one) => one.path === path)?.content;
    expect(file("/etc/kpaas/inside-address.env")).toContain("API_PUBLIC_ADDRESS='${TfToken[TOKEN.1]}'");
    expect(config.runcmd).toContainEqual(["systemctl", "enable", "--now", "kpaas-inside-address.timer"]);
    expect(file("/etc/systemd/system/kpaas-inside-address.timer")).toContain("OnCalendar=*-*-* *:*:00");
  });

  test("refuses to stand for nothing, or for itself", () => {
    expect(() => InsideAddress.of({ node })).toViolate(KPB011, /no public address/);
    expect(() => InsideAddress.of({ node, publicAddress: node.address })).toViolate(
      KPB011,
      /192\.168\.7\.10 for itself/,
    );
    const itself = { address: "192.168.8.10", publicAddress: "192.168.8.10" };
    expect(() => InsideAddress.of({ node, ingress: itself })).toViolate(KPB011, /the ingress for itself/);
    expect(() => InsideAddress.of({ node: { name: "A", address: "x" }, publicAddress })).toViolate(KPB001);
  });
});
