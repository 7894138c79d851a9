import { forTerraform } from "@groundwork/constructs/boot/terraform-text";
import { detectSecret } from "@groundwork/constructs/boot/detect-secret";
import { Size } from "@groundwork/constructs/core/size";
import { ControlPlane } from "@groundwork/constructs/kpaas/plan/control-plane";
import { ApiBalancer } from "@groundwork/constructs/kpaas/plan/api-balancer";
import { Etcd } from "@groundwork/constructs/kpaas/plan/etcd";
import { KPaasStorage } from "@groundwork/constructs/kpaas/plan/kpaas-storage";
import { NodePool } from "@groundwork/constructs/kpaas/plan/node-pool";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import fc from "fast-check";
import { golden, UPDATING, writeGolden } from "../../../support/golden";
import { first, KINDS, lab, LAB, machine, masters, publicAddress } from "../../../support/kpaas";
import { acceptance, sourced } from "../../../support/kpaas-acceptance";
import { twoTiers } from "../../../support/openstack";

const kinds = Object.entries(KINDS);

/** Variables of every file. */
const ALWAYS = [
  ...["KUBE_CONTROL_HOSTS", "ETCD_TYPE", "LOADBALANCER_DOMAIN", "MASTER1_NODE_PUBLIC_IP", "KUBE_WORKER_HOSTS"],
  ...["STORAGE_TYPE", "NFS_SERVER_PRIVATE_IP", "METALLB_IP_RANGE", "INGRESS_NGINX_IP", "INSTALL_KYVERNO", "CSP_TYPE"],
  ...["NHN_USERNAME", "NHN_PASSWORD", "NHN_TENANT_ID", "NHN_VIP_SUBNET_ID"],
];

/** Variables per machine. */
function counted(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`).flatMap((machine) => [
    `${machine}_NODE_HOSTNAME`,
    `${machine}_NODE_PRIVATE_IP`,
  ]);
}

/** The text with a password file that exists on this machine. */
function withPassword(text: string): string {
  return text.replace("/etc/kpaas/nhn-password", "/proc/sys/kernel/ostype");
}

/** A cluster: control plane nodes from .20, etcd machines from .40, pools from .60. */
function fleet(control: number, pools: readonly number[], isExternal: boolean, isCeph: boolean) {
  const machines = (prefix: string, count: number, from: number) =>
    Array.from({ length: count }, (_, index) => machine(`${prefix}-${index + 1}`, from + index));
  const nodes = machines("cp", control, 20);
  const etcd = isExternal ? Etcd.external(machines("etcd", control, 40)) : Etcd.stacked();
  const loadBalancer = ApiBalancer.at("192.168.7.5");
  const store = NodePool.of("ceph", machines("ceph", 3, 50), { rawVolume: Size.gibibytes(100) });
  const plan = lab({
    addOns: [],
    controlPlane:
      control === 1
        ? ControlPlane.single(machine("cp-1", 20), { publicAddress })
        : ControlPlane.highlyAvailable({ nodes, publicAddress, etcd, loadBalancer }),
    workers: [
      store,
      ...pools.map((count, index) => NodePool.of(`p${index}`, machines(`p${index}`, count, 60 + 10 * index))),
    ],
    ...(isCeph ? { storage: KPaasStorage.rookCeph({ on: store }) } : {}),
  });
  return { plan, text: plan.inventory.toString() };
}

describe("ClusterVars", () => {
  test.each(kinds)("renders %s like its golden file", (name, createPlan) => {
    const text = createPlan().inventory.toString();
    if (UPDATING) writeGolden(`kpaas/${name}.sh`, text);
    expect(text).toBe(golden(`kpaas/${name}.sh`));
  });

  describe.each(kinds)("for %s", (_, createPlan) => {
    const plan = createPlan();
    const text = plan.inventory.toString();

    test.each(["first", "second"] as const)("passes the checks of the installer's %s script", (script) => {
      expect(acceptance(withPassword(text), script)).toBe("");
    });

    test("has every variable of the installer once, and no other", () => {
      const control = plan.controlPlane.nodes.length;
      const expected = [
        ...ALWAYS,
        ...counted("ETCD", control),
        ...counted("MASTER", control),
        ...counted("WORKER", plan.workers.length),
      ];
      expect(plan.inventory.variables.map(([name]) => name).sort()).toEqual([...expected].sort());
    });

    test("is parsed by bash as intended", () => {
      const intended = plan.inventory.variables.filter(([name]) => name !== "NHN_PASSWORD");
      expect(
        sourced(
          text,
          intended.map(([name]) => name),
        ),
      ).toEqual(Object.fromEntries(intended));
    });

    test("has one exported variable per line, without spaces, and contains no secret", () => {
      const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("# "));
      expect(lines.filter((line) => !/^export [A-Z0-9_]+=([\w.@-]*|"\$\(cat [\w./-]+\)")$/.test(line))).toEqual([]);
      expect(detectSecret(text)).toBeUndefined();
    });
  });

  test("has the lab's own values (B3)", () => {
    const { inventory } = lab();
    const values = Object.fromEntries(inventory.variables);
    expect(values).toMatchObject({
      KUBE_CONTROL_HOSTS: "1",
      MASTER1_NODE_HOSTNAME: "lab-cluster1",
      MASTER1_NODE_PUBLIC_IP: "203.0.113.10",
      KUBE_WORKER_HOSTS: "3",
      STORAGE_TYPE: "nfs",
      NFS_SERVER_PRIVATE_IP: "192.168.7.30",
      METALLB_IP_RANGE: "192.168.7.150-192.168.7.160",
      INGRESS_NGINX_IP: "192.168.7.11",
      INSTALL_KYVERNO: "Y",
      CSP_TYPE: "",
    });
  });

  test("reads NHN Cloud's password from a file when it is sourced", () => {
    const { inventory } = KINDS["nhn"]?.() ?? lab();
    expect(inventory.valueOf("NHN_PASSWORD")).toBe('"$(cat /etc/kpaas/nhn-password)"');
    expect(sourced(withPassword(inventory.toString()), ["NHN_PASSWORD"])).toEqual({ NHN_PASSWORD: "Linux" });
    expect(acceptance(inventory.toString(), "first")).toMatch(/^nhn: NHN_PASSWORD/);
  });

  test("returns undefined for an unknown variable", () => {
    expect(lab().inventory.valueOf("KUBE_MASTER_HOSTS")).toBeUndefined();
  });

  test("numbers workers pool by pool, so that an appended pool renumbers none", () => {
    const more = NodePool.of("more", [machine("lab-more1", 60)]);
    const before = lab().inventory.variables.filter(([name]) => /^WORKER\d/.test(name));
    const after = lab({ workers: [...LAB.workers, more] }).inventory.variables.filter(([name]) =>
      /^WORKER\d/.test(name),
    );
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length)).toEqual([
      ["WORKER4_NODE_HOSTNAME", "lab-more1"],
      ["WORKER4_NODE_PRIVATE_IP", "192.168.7.60"],
    ]);
  });

  test("has five of each for five control plane nodes", () => {
    const nodes = [...masters, machine("lab-cluster7", 70), machine("lab-cluster8", 71)];
    const { inventory } = lab({
      controlPlane: ControlPlane.highlyAvailable({
        nodes,
        publicAddress,
        etcd: Etcd.stacked(),
        loadBalancer: ApiBalancer.at("192.168.7.5"),
      }),
    });
    expect(inventory.valueOf("MASTER5_NODE_PRIVATE_IP")).toBe("192.168.7.71");
    expect(acceptance(inventory.toString(), "second")).toBe("");
  });

  test("passes the installer's checks for any number of machines of any role", () => {
    const anyFleet = fc.record({
      control: fc.constantFrom(1, 3, 5),
      pools: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
      isExternal: fc.boolean(),
      isCeph: fc.boolean(),
    });
    fc.assert(
      fc.property(anyFleet, ({ control, pools, isExternal, isCeph }) => {
        const { text, plan } = fleet(control, pools, isExternal, isCeph);
        expect([acceptance(text, "first"), acceptance(text, "second")]).toEqual(["", ""]);
        const last = plan.workers.length;
        const names = [`MASTER${control}_NODE_HOSTNAME`, `WORKER${last}_NODE_PRIVATE_IP`];
        expect(Object.values(sourced(text, names))).toEqual([`cp-${control}`, plan.workers[last - 1]?.fixedAddress]);
      }),
      { numRuns: 25 },
    );
  });

  test("accepts addresses that are known only at apply, and keeps their tokens in user data", () => {
    const { stack, internet } = twoTiers();
    const address = new FloatingIp(stack, "Address", { external: internet }).floatingIpAddress;
    const { inventory } = lab({ controlPlane: ControlPlane.single(first, { publicAddress: address }) });
    expect(inventory.valueOf("MASTER1_NODE_PUBLIC_IP")).toBe(address);
    expect(forTerraform(inventory.toString())).toContain(`MASTER1_NODE_PUBLIC_IP=${address}\n`);
  });
});

describe("the installer's own checks", () => {
  const text = lab().inventory.toString();
  const changed = (name: string, value: string) =>
    text.replace(new RegExp(`^export ${name}=.*$`, "m"), `export ${name}=${value}`);

  test.each([
    ["KUBE_CONTROL_HOSTS", "", "masters: KUBE_CONTROL_HOSTS"],
    ["MASTER1_NODE_PUBLIC_IP", "api.example.com", "masters: MASTER1_NODE_PUBLIC_IP"],
    ["KUBE_CONTROL_HOSTS", "3", "masters: MASTER2_NODE_HOSTNAME"],
    ["KUBE_WORKER_HOSTS", "0", "workers: KUBE_WORKER_HOSTS"],
    ["KUBE_WORKER_HOSTS", "4", "workers: WORKER4_NODE_HOSTNAME"],
    ["STORAGE_TYPE", "ceph", "storage: STORAGE_TYPE"],
    ["NFS_SERVER_PRIVATE_IP", "", "storage: NFS_SERVER_PRIVATE_IP"],
    ["METALLB_IP_RANGE", "192.168.7.150", "metallb: METALLB_IP_RANGE"],
    ["INGRESS_NGINX_IP", "", "ingress: INGRESS_NGINX_IP"],
    ["INSTALL_KYVERNO", "y", "kyverno: INSTALL_KYVERNO"],
    ["CSP_TYPE", "NHN", "nhn: NHN_USERNAME"],
  ])("reject %s=%s", (name, value, message) => {
    expect(acceptance(changed(name, value), "first")).toBe(message);
  });

  test("accept input that this library rejects: invalid addresses, descending ranges, duplicate addresses", () => {
    const invalid = changed("WORKER1_NODE_PRIVATE_IP", "999.1.1.1")
      .replace("192.168.7.150-192.168.7.160", "192.168.7.160-192.168.7.150")
      .replace("WORKER2_NODE_PRIVATE_IP=192.168.7.21", "WORKER2_NODE_PRIVATE_IP=192.168.7.22");
    expect([acceptance(invalid, "first"), acceptance(invalid, "second")]).toEqual(["", ""]);
  });

  test("of the second script react to a forbidden name in a comment, and to any CSP_TYPE", () => {
    const commented = `${text}# ISTIO_GATEWAY_PRIVATE_IP\n`;
    expect([acceptance(commented, "first"), acceptance(commented, "second")]).toEqual([
      "",
      "istio: ISTIO_GATEWAY_PRIVATE_IP",
    ]);
    expect(acceptance(changed("CSP_TYPE", "AWS"), "second")).toBe("nhn: NHN_USERNAME");
  });
});
