import { Cidr } from "@groundwork/constructs/core/cidr";
import { HostPlan } from "@groundwork/constructs/openstack/network/host-plan";
import { OST017 } from "@groundwork/constructs/openstack/rules";
import fc from "fast-check";

const subnet = Cidr.parse("172.31.0.0/20");
const rooms = { "control-plane": { first: 10, hosts: 5 }, worker: { first: 20, hosts: 20 } };
const plan = new HostPlan({ subnet, rooms });

describe("HostPlan", () => {
  test("gives the n-th machine of a kind the n-th address of its room", () => {
    expect([plan.address("control-plane", 1), plan.address("worker", 1), plan.address("worker", 3)]).toEqual([
      "172.31.0.10",
      "172.31.0.20",
      "172.31.0.22",
    ]);
  });

  test("moves nobody when there is another kind", () => {
    const larger = new HostPlan({ subnet, rooms: { nfs: { first: 50, hosts: 1 }, ...rooms } });
    expect(larger.address("worker", 3)).toBe(plan.address("worker", 3));
  });

  test("gives no address twice", () => {
    const anyRooms = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyRooms, (starts) => {
        const sorted = [...starts].sort((one, other) => one - other);
        const entries = sorted.map((first, index) => {
          const hosts = (sorted[index + 1] ?? first + 5) - first;
          return [`kind-${first}`, { first, hosts }] as const;
        });
        const made = new HostPlan({ subnet, rooms: Object.fromEntries(entries) });
        const all = entries.flatMap(([kind, { hosts }]) =>
          Array.from({ length: hosts }, (_, index) => made.address(kind, index + 1)),
        );
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });

  test.each([
    [{ worker: { first: 0, hosts: 1 } }, /room "worker" of 1 from 0/],
    [{ worker: { first: 1.5, hosts: 1 } }, /whole addresses/],
    [{ worker: { first: 4090, hosts: 7 } }, /holds 4096/],
    [{ a: { first: 10, hosts: 5 }, b: { first: 14, hosts: 1 } }, /rooms "a" and "b" overlap/],
  ])("rejects rooms that cannot be (%j)", (wanted, words) => {
    expect(() => new HostPlan({ subnet, rooms: wanted, at: "lab.ts" })).toViolate(OST017, words);
  });

  test.each([0, 21, 1.5])("rejects machine number %p of twenty", (n) => {
    expect(() => plan.address("worker", n)).toViolate(OST017, /worker number/);
  });

  test("rejects a kind that has no room", () => {
    expect(() => plan.address("etcd", 1)).toViolate(OST017, /use one of control-plane, worker/);
  });
});
