import { Limit } from "@groundwork/constructs/boot/limit";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { AddOn } from "@groundwork/constructs/kpaas/plan/release/add-on";
import { ClusterBoot } from "@groundwork/constructs/kpaas/boot/cluster-boot";
import { ControlPlane } from "@groundwork/constructs/kpaas/plan/control-plane";
import { Etcd } from "@groundwork/constructs/kpaas/plan/etcd";
import { Exposure } from "@groundwork/constructs/kpaas/plan/exposure";
import { KPB006, KPB008 } from "@groundwork/constructs/kpaas/boot/rules";
import { BootRoot, readCloudConfig } from "../../../support/boot-root";
import {
  balancer,
  controller,
  etcds,
  first,
  KINDS,
  lab,
  masters,
  nfs,
  publicAddress,
  range,
  workers,
} from "../../../support/kpaas";

const portal = { cloud: "nhn" } as const;
const boot = ClusterBoot.of(lab(), { portal });
const [worker = first] = workers.nodes;

/** Text of a file in the first-boot document of a machine. */
function file(machine: { readonly name: string }, path: string, from = boot): string {
  const files = readCloudConfig(from.of(machine).render()).write_files ?? [];
  return files.find((candidate) => candidate.path === path)?.content ?? "";
}

/** Names of a machine's steps, in order. */
function steps(machine: { readonly name: string }, from = boot): readonly string[] {
  const files = readCloudConfig(from.of(machine).render()).write_files ?? [];
  return files.flatMap(({ path }) => /first-boot\.d\/\d+-(.+)$/.exec(path)?.[1] ?? []);
}

describe("ClusterBoot", () => {
  test("has the steps of its role for every machine of the lab", () => {
    expect(steps(first)).toEqual([
      ...["quiet-updates", "ingress-interface", "hairpin-nat"],
      ...["ssh-key", "wait", "prepare", "install", "verify"],
      ...["portal", "unseal", "keycloak"],
    ]);
    expect(steps(worker)).toEqual(["quiet-updates", "hairpin-nat", "trust-installer"]);
    expect(steps(nfs)).toEqual(["packages", "quiet-updates", "nfs-server"]);
  });

  test("configures the ingress interface with the plan's address, in the plan's subnet or a separate one", () => {
    const settingsOf = (exposure: Exposure) =>
      file(first, "/etc/kpaas/ingress-interface.env", ClusterBoot.of(lab({ exposure }), { portal }));
    const common = { serviceAddresses: range, floatingAddress: publicAddress };
    expect(settingsOf(Exposure.extraNic({ ...common, address: "192.168.7.11" }))).toContain("SUBNET='192.168.7.0/24'");
    const subnet = Cidr.parse("192.168.8.0/24");
    expect(settingsOf(Exposure.extraNic({ ...common, address: "192.168.8.10", subnet }))).toContain(
      "GATEWAY='192.168.8.1'",
    );
  });

  test("translates the public addresses of machines on every node, and not those of load balancers", () => {
    for (const machine of [first, worker])
      expect(file(machine, "/etc/kpaas/hairpin-nat.env")).toBe(`NODE_ADDRESS='192.168.7.10'
API_PUBLIC_ADDRESS='203.0.113.10'
INGRESS_ADDRESS='192.168.7.11'
INGRESS_PUBLIC_ADDRESS='203.0.113.11'
`);
    const balanced = { loadBalancer: balancer, etcd: Etcd.stacked(), nodes: masters };
    const exposure = Exposure.loadBalancer({ serviceAddresses: range, address: "203.0.113.20" });
    const of = (controlPlane: ControlPlane) => ClusterBoot.of(lab({ exposure, controlPlane }), { portal });
    const single = of(ControlPlane.single(first, { publicAddress }));
    expect(file(worker, "/etc/kpaas/hairpin-nat.env", single)).toContain("INGRESS_PUBLIC_ADDRESS=''");
    const several = of(ControlPlane.highlyAvailable(balanced));
    for (const machine of [first, worker]) expect(file(machine, "/etc/kpaas/hairpin-nat.env", several)).toBe("");
    expect(steps(first, several)).not.toContain("ingress-interface");
  });

  test("exports to the Kubernetes nodes of the plan, and waits for the nodes that the installer connects to", () => {
    const addresses = [first, ...workers.nodes].map(({ fixedAddress }) => fixedAddress);
    expect(file(nfs, "/etc/kpaas/exports").match(/[\d.]+(?=\()/g)).toEqual(addresses);
    expect(file(first, "/etc/kpaas/nodes").match(/^[\d.]+/gm)).toEqual(addresses);
    expect(file(worker, "/etc/kpaas/trust.env")).toContain(`KEY_FROM='127.0.0.1,${addresses.join(",")}'`);
  });

  test("waits for dedicated etcd machines, exports nothing to them, and adds the API name to /etc/hosts", () => {
    const external = ClusterBoot.of(KINDS["ha-external"]?.() ?? lab(), { portal });
    const [etcd = first] = etcds;
    expect(file(first, "/etc/kpaas/nodes", external)).toContain(`${etcd.fixedAddress} ${etcd.name}\n`);
    expect(file(nfs, "/etc/kpaas/exports", external)).not.toContain(etcd.fixedAddress);
    for (const machine of [first, etcd, nfs])
      expect(file(machine, "/etc/kpaas/hosts", external)).toBe("192.168.7.5 api.lab.example.com\n");
  });

  test("adds each host entry once, and disables updates for six hours", async () => {
    const external = ClusterBoot.of(KINDS["ha-external"]?.() ?? lab(), { portal });
    const root = new BootRoot(external.of(nfs).render(), { "systemd-run": "", exportfs: "exit 1" });
    root.write("/etc/hosts", "127.0.0.1 localhost\n");
    await root.boot();
    await root.run(root.path("/usr/local/lib/groundwork/first-boot.d/03-host-entries"));
    expect(root.read("/etc/hosts")).toBe("127.0.0.1 localhost\n192.168.7.5 api.lab.example.com\n");
    expect(root.calls).toContain("systemctl mask --runtime --now apt-daily.timer apt-daily-upgrade.timer");
    expect(root.calls.find((call) => call.startsWith("systemd-run"))).toMatch(
      /--on-active=6h .*unmask --runtime apt-daily/,
    );
    root.remove();
  });

  test.each(Object.keys(KINDS).filter((kind) => kind !== "nhn"))(
    "fits into the size limit of user data: %s",
    (kind) => {
      const plan = KINDS[kind]?.() ?? lab();
      const all = ClusterBoot.of(plan, { portal });
      for (const machine of plan.machines)
        expect(all.of(machine).userData(Limit.NHN).length).toBeLessThan(Limit.NHN.bytes);
    },
  );

  test("uses a key from Terraform's state if one is given", () => {
    const keyInState = { publicKey: "${TfToken[TOKEN.1]}", privateKeyBase64: "${TfToken[TOKEN.2]}" };
    const withKey = ClusterBoot.of(lab(), { portal, keyInState });
    expect(withKey.of(worker).render()).toContain("ssh_authorized_keys:\n  - ${TfToken[TOKEN.1]}");
    expect(file(first, "/etc/kpaas/installer-key", withKey)).toBe("${TfToken[TOKEN.2]}\n");
  });

  test("writes the plan's values into the portal's settings", () => {
    expect(file(first, "/etc/kpaas/portal.env")).toContain(`K8S_MASTER_NODE_IP='203.0.113.10'
K8S_CLUSTER_API_SERVER='https://203.0.113.10:6443'
K8S_STORAGECLASS='cp-storageclass'
HOST_CLUSTER_IAAS_TYPE='4'
HOST_DOMAIN='203.0.113.11.nip.io'
KEYCLOAK_URL='https://keycloak.203.0.113.11.nip.io'
SESSION_LIMIT='-1'
`);
  });

  test("accepts addresses that are known only at apply", () => {
    const publicAddress = "${TfToken[TOKEN.1]}";
    const exposure = Exposure.extraNic({
      ...{ serviceAddresses: range, address: "192.168.7.11" },
      floatingAddress: "${TfToken[TOKEN.2]}",
    });
    const plan = lab({ controlPlane: ControlPlane.single(first, { publicAddress }), exposure });
    const text = ClusterBoot.of(plan, { portal }).of(first).userData(Limit.NHN);
    expect(text).toContain("MASTER1_PUBLIC_ADDRESS='${TfToken[TOKEN.1]}'");
    expect(text).toContain("export MASTER1_NODE_PUBLIC_IP=${TfToken[TOKEN.1]}");
    expect(text).toContain("HOST_DOMAIN='${TfToken[TOKEN.2]}.nip.io'");
  });

  test("rejects a portal whose address is assigned during the installation, and accepts a cluster without a portal", () => {
    const bootWith = (addOns: readonly AddOn[]) =>
      ClusterBoot.of(lab({ exposure: controller, addOns }), { portal }).of(first);
    expect(() => bootWith([AddOn.KYVERNO, AddOn.PORTAL])).toViolate(KPB006, /remove AddOn.PORTAL/);
    expect(bootWith([AddOn.KYVERNO]).render()).toContain("INGRESS_ADDRESS=''");
  });

  test("rejects a machine that is not in the plan", () => {
    expect(() => boot.of({ name: "other" })).toViolate(KPB008, /use one of lab-cluster1, /);
  });
});
