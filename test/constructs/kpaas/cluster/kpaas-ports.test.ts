import { groupsOf, kpaasPorts, type KPaasRule, opensAnything } from "@groundwork/constructs/kpaas/cluster/kpaas-ports";
import type { KPaasRole } from "@groundwork/constructs/kpaas/plan/node";
import { KINDS, lab } from "../../../support/kpaas";

const kinds = Object.entries(KINDS);

/** Ports in addition to those of the installation guide: MetalLB, and the download of the installer's key. */
const METALLB = ["tcp 7946", "udp 7946"];
const ADDITIONAL = { "control-plane": [...METALLB, "tcp 7022"], worker: METALLB };
const GUIDE: Readonly<Record<"control-plane" | "worker", readonly string[]>> = {
  "control-plane": [
    ...["tcp 22", "tcp 111", "tcp 2049", "tcp 2379-2380", "tcp 6443", "tcp 10250", "tcp 10251-10252", "tcp 10255"],
    ...["tcp 30000-32767", "tcp 80", "tcp 443", "udp 4789"],
  ],
  worker: [
    ...["tcp 22", "tcp 111", "tcp 2049", "tcp 10250", "tcp 10255"],
    ...["tcp 30000-32767", "tcp 80", "tcp 443", "udp 4789"],
  ],
};

function ports(
  rules: readonly KPaasRule[],
  role: KPaasRole,
  peer?: KPaasRule["peer"],
  direction: KPaasRule["direction"] = "from",
): readonly string[] {
  const groups = groupsOf(role);
  const own = rules.filter(
    (rule) => groups.includes(rule.group) && rule.direction === direction && (peer ?? rule.peer) === rule.peer,
  );
  return [...new Set(own.map(({ port }) => port.toString()))].sort();
}

function rulesOf(kind: string): readonly KPaasRule[] {
  const createPlan = KINDS[kind];
  if (createPlan === undefined) throw new Error(`unknown kind ${kind}`);
  return kpaasPorts(createPlan());
}

describe("kpaasPorts", () => {
  test.each(["control-plane", "worker"] as const)(
    "opens exactly the ports of the guide and the additional ones on a %s",
    (role) => {
      expect(ports(kpaasPorts(lab()), role)).toEqual([...GUIDE[role], ...ADDITIONAL[role]].sort());
    },
  );

  test("opens no NFS ports without an NFS server, and no MetalLB ports without MetalLB", () => {
    expect(ports(rulesOf("rook-ceph"), "worker")).not.toEqual(expect.arrayContaining(["tcp 2049"]));
    expect(ports(rulesOf("nhn"), "worker")).not.toEqual(expect.arrayContaining(METALLB));
  });

  test("opens etcd on the control plane, or on dedicated machines", () => {
    const rules = rulesOf("ha-external");
    expect(ports(rules, "etcd")).toEqual(["tcp 22", "tcp 2379-2380"]);
    expect(ports(rules, "control-plane")).not.toContain("tcp 2379-2380");
    expect(ports(rulesOf("ha-stacked"), "control-plane", "control-plane")).toContain("tcp 2379-2380");
  });

  test("opens NFS and SSH on the NFS server, and nothing to clients", () => {
    const rules = kpaasPorts(lab());
    expect(ports(rules, "nfs")).toEqual(["tcp 111", "tcp 2049", "tcp 22"]);
    expect(ports(rules, "nfs", "clients")).toEqual([]);
  });

  test("opens only the ingress and node ports to clients", () => {
    const rules = kpaasPorts(lab());
    for (const role of ["control-plane", "worker"] as const)
      expect(ports(rules, role, "clients")).toEqual(["tcp 30000-32767", "tcp 443", "tcp 80"]);
  });

  test("opens the API to the load balancer of several control plane nodes", () => {
    const rules = rulesOf("ha-stacked");
    expect(ports(rules, "control-plane", "API balancer")).toEqual(["tcp 6443"]);
    expect(ports(rules, "worker", "subnet")).toEqual(["tcp 30000-32767", "tcp 443", "tcp 80"]);
  });

  describe.each(kinds)("for %s", (_, createPlan) => {
    const rules = kpaasPorts(createPlan());

    test("lists each rule once, with a description", () => {
      const entries = rules.map(
        ({ group, direction, peer, port }) => `${group} ${direction} ${peer} ${port.toString()}`,
      );
      expect(entries.filter((entry, index) => entries.indexOf(entry) !== index)).toEqual([]);
      expect(rules.every(({ description }) => /^[\w :,()'-]{5,120}$/.test(description))).toBe(true);
    });

    test("allows SSH of the install host to every machine, and package downloads from every machine", () => {
      for (const role of new Set(createPlan().machines.map((machine) => machine.role))) {
        expect(ports(rules, role, "control-plane")).toContain("tcp 22");
        if (!groupsOf(role).some(opensAnything)) expect(ports(rules, role, "internet", "to")).toHaveLength(5);
      }
    });
  });
});
