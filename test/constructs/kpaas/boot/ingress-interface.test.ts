import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { IngressInterface } from "@groundwork/constructs/kpaas/boot/ingress-interface";
import { KPB001, KPB010 } from "@groundwork/constructs/kpaas/boot/rules";
import { readCloudConfig } from "../../../support/boot-root";

const node = { name: "lab-cluster1", address: "192.168.7.10" };
const subnet = Cidr.parse("192.168.8.0/24");

/** Settings of the program. */
function settings(address: string, of = subnet): string {
  const text = CloudInit.ubuntu()
    .with(IngressInterface.of({ node, address, subnet: of }))
    .render();
  const files = readCloudConfig(text).write_files ?? [];
  return files.find(({ path }) => path === "/etc/kpaas/ingress-interface.env")?.content ?? "";
}

describe("IngressInterface", () => {
  test("uses the first address of the interface's subnet as the gateway", () => {
    expect(settings("192.168.8.10")).toBe(`NODE_ADDRESS='192.168.7.10'
INGRESS_ADDRESS='192.168.8.10'
SUBNET='192.168.8.0/24'
GATEWAY='192.168.8.1'
CLUSTER='10.233.0.0/17'
`);
    expect(settings("172.16.4.70", Cidr.parse("172.16.4.64/27"))).toContain("GATEWAY='172.16.4.65'");
  });

  test("accepts the first and the last host address, and one that is known only at apply", () => {
    for (const address of ["192.168.8.2", "192.168.8.254", "${TfToken[TOKEN.1]}"])
      expect(settings(address)).toContain(`INGRESS_ADDRESS='${address}'`);
  });

  test.each(["192.168.8.0", "192.168.8.1", "192.168.8.255", "192.168.7.11", "192.168.9.2", "ingress"])(
    "rejects %s, which cannot be a host address of the interface",
    (address) => {
      expect(() => settings(address)).toViolate(KPB010, /use an address of the subnet/);
    },
  );

  test("rejects an invalid node", () => {
    expect(() => IngressInterface.of({ node: { name: "A", address: "x" }, address: "192.168.8.10", subnet })).toViolate(
      KPB001,
    );
  });
});
