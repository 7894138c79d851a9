import type { KPaasRule } from "@groundwork/constructs/kpaas/cluster/kpaas-ports";
import { groupsOf, kpaasPorts, opensAnything } from "@groundwork/constructs/kpaas/cluster/kpaas-ports";
import type { KPaasRole } from "@groundwork/constructs/kpaas/plan/node";
import { KINDS, lab } from "../../../support/kpaas";

const kinds = Object.entries(KINDS);

/** Beside the ports that the installation guide opens: MetalLB's own, and where nodes fetch the installer's key. */
const METALLB = ["tcp 7946", "udp 7946"];
const OURS = { "control-plane": [...METALLB, "tcp 7022"], worker: METALLB };
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
  const make = KINDS[kind];
  if (make === undefined) throw new Error(`no ${kind}`);
  return kpaasPorts(make());
}

describe("kpaasPorts", () => {
  test.each(["control-plane", "worker"] as const)(
    "opens to a %s exactly what the guide does, and what it leaves out",
    (role) => {
      expect(ports(kpaasPorts(lab()), role)).toEqual([...GUIDE[role], ...OURS[role]].sort());
    },
  );

  test("opens nothing for NFS where there is none, nor for MetalLB where it is not installed", () => {
    expect(ports(rulesOf("rook-ceph"), "worker")).not.toEqual(expect.arrayContaining(["tcp 2049"]));
    expect(ports(rulesOf("nhn"), "worker")).not.toEqual(expect.arrayContaining(METALLB));
  });

  test("opens etcd where it is: on the control plane, or on machines of its own", () => {
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

  test("opens to clients the ingress and node ports alone", () => {
    const rules = kpaasPorts(lab());
    for (const role of ["control-plane", "worker"] as const)
      expect(ports(rules, role, "clients")).toEqual(["tcp 30000-32767", "tcp 443", "tcp 80"]);
  });

  test("lets several control planes be reached by their load balancer", () => {
    const rules = rulesOf("ha-stacked");
    expect(ports(rules, "control-plane", "API balancer")).toEqual(["tcp 6443"]);
    expect(ports(rules, "worker", "subnet")).toEqual(["tcp 30000-32767", "tcp 443", "tcp 80"]);
  });

  describe.each(kinds)("for %s", (_, make) => {
    const rules = kpaasPorts(make());

    test("says each way once, and what it is for", () => {
      const ways = rules.map(({ group, direction, peer, port }) => `${group} ${direction} ${peer} ${port.toString()}`);
      expect(ways.filter((way, index) => ways.indexOf(way) !== index)).toEqual([]);
      expect(rules.every(({ description }) => /^[\w :,()'-]{5,120}$/.test(description))).toBe(true);
    });

    test("lets the install host into every machine, and every machine out for packages", () => {
      for (const role of new Set(make().machines.map((machine) => machine.role))) {
        expect(ports(rules, role, "control-plane")).toContain("tcp 22");
        if (!groupsOf(role).some(opensAnything)) expect(ports(rules, role, "internet", "to")).toHaveLength(5);
      }
    });
  });
});
