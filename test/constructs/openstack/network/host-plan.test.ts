import { Cidr } from "@groundwork/constructs/core/cidr";
import { HostPlan } from "@groundwork/constructs/openstack/network/host-plan";
import { OST017 } from "@groundwork/constructs/openstack/rules";
import fc from "fast-check";

const subnet = Cidr.parse("172.31.0.0/20");
const ranges = { "control-plane": { first: 10, hosts: 5 }, worker: { first: 20, hosts: 20 } };
const plan = new HostPlan({ subnet, ranges });

describe("HostPlan", () => {
  test("assigns the n-th address of its range to the n-th machine of a kind", () => {
    expect([plan.address("control-plane", 1), plan.address("worker", 1), plan.address("worker", 3)]).toEqual([
      "172.31.0.10",
      "172.31.0.20",
      "172.31.0.22",
    ]);
  });

  test("changes no address when another kind is added", () => {
    const larger = new HostPlan({ subnet, ranges: { nfs: { first: 50, hosts: 1 }, ...ranges } });
    expect(larger.address("worker", 3)).toBe(plan.address("worker", 3));
  });

  test("assigns no address twice", () => {
    const anyRanges = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyRanges, (starts) => {
        const sorted = [...starts].sort((a, b) => a - b);
        const entries = sorted.map((first, index) => {
          const hosts = (sorted[index + 1] ?? first + 5) - first;
          return [`kind-${first}`, { first, hosts }] as const;
        });
        const created = new HostPlan({ subnet, ranges: Object.fromEntries(entries) });
        const all = entries.flatMap(([kind, { hosts }]) =>
          Array.from({ length: hosts }, (_, index) => created.address(kind, index + 1)),
        );
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });

  test.each([
    [{ worker: { first: 0, hosts: 1 } }, /range "worker" of 1 from 0/],
    [{ worker: { first: 1.5, hosts: 1 } }, /whole addresses/],
    [{ worker: { first: 4090, hosts: 7 } }, /has 4096 addresses/],
    [{ a: { first: 10, hosts: 5 }, b: { first: 14, hosts: 1 } }, /ranges "a" and "b" overlap/],
  ])("rejects invalid ranges (%j)", (invalid, message) => {
    expect(() => new HostPlan({ subnet, ranges: invalid, at: "lab.ts" })).toViolate(OST017, message);
  });

  test.each([0, 21, 1.5])("rejects machine number %p of twenty", (n) => {
    expect(() => plan.address("worker", n)).toViolate(OST017, /worker number/);
  });

  test("rejects a kind without a range", () => {
    expect(() => plan.address("etcd", 1)).toViolate(OST017, /use one of control-plane, worker/);
  });
});
