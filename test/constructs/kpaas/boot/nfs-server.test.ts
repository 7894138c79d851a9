import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { NfsServer } from "@groundwork/constructs/kpaas/boot/nfs-server";
import { KPB001, KPB002 } from "@groundwork/constructs/kpaas/boot/rules";
import { readCloudConfig } from "../../../support/boot-root";

/** The lab: a control plane and three workers. */
const NODES = ["cluster1", "cluster2", "cluster3", "cluster4"].map((noun, index) => ({
  name: `lab-${noun}`,
  address: `192.168.7.${11 + index}`,
}));

const boot = CloudInit.ubuntu().with(NfsServer.exportingTo({ nodes: NODES }));

describe("NfsServer", () => {
  test("installs the packages of the guide under their current names", () => {
    expect(readCloudConfig(boot.render()).packages).toEqual(["nfs-common", "nfs-kernel-server", "rpcbind"]);
  });

  test("exports one line per node, with the guide's options and no space before them", () => {
    expect(NfsServer.exportingTo({ nodes: NODES }).exports).toBe(
      `/home/share/nfs 192.168.7.11(rw,no_root_squash,async)
/home/share/nfs 192.168.7.12(rw,no_root_squash,async)
/home/share/nfs 192.168.7.13(rw,no_root_squash,async)
/home/share/nfs 192.168.7.14(rw,no_root_squash,async)
`,
    );
  });

  test("rejects an empty list of nodes, which would export to every host", () => {
    expect(() => NfsServer.exportingTo({ nodes: [] })).toViolate(KPB002, /give the cluster's nodes/);
  });

  test.each([
    ["an invalid address", [{ name: "a", address: "999.1.1.1" }], /address "999.1.1.1"/],
    ["a name in upper case", [{ name: "Lab_1", address: "192.168.7.11" }], /host name "Lab_1"/],
    ["one address twice", ["a", "b"].map((name) => ({ name, address: "192.168.7.11" })), /address 192.168.7.11 twice/],
    ["one name twice", ["1", "2"].map((last) => ({ name: "a", address: `192.168.7.${last}` })), /host name a twice/],
  ])("rejects %s", (_, nodes, message) => {
    expect(() => NfsServer.exportingTo({ nodes })).toViolate(KPB001, message);
  });

  test("accepts addresses that are known only at apply", () => {
    const nodes = [{ name: "a", address: "${TfToken[TOKEN.1]}" }];
    expect(NfsServer.exportingTo({ nodes }).exports).toContain("${TfToken[TOKEN.1]}(rw,");
  });
});
