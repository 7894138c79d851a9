import { Graph } from "@groundwork/constructs/insight/deploy-time/graph";
import { DeployTimes } from "@groundwork/constructs/insight/deploy-time/deploy-times";
import type { Direction } from "@groundwork/constructs/insight/deploy-time/deploy-times";
import { schedule } from "@groundwork/constructs/insight/deploy-time/schedule";
import fc from "fast-check";

const times = new DeployTimes({
  seconds: {
    slow: { create: 100, destroy: 50 },
    quick: { create: 3, destroy: 2 },
    none: { create: 0, destroy: 0 },
    default: { create: 1, destroy: 1 },
  },
  floors: {},
});

function walk(resource: Record<string, Record<string, object>>, direction: Direction, parallelism?: number) {
  const graph = new Graph({ resource });
  return schedule(graph, { times, direction, ...(parallelism === undefined ? {} : { parallelism }) });
}

describe("schedule", () => {
  const chain = { quick: { A: {}, B: { after: "quick.A" } }, slow: { C: { after: "quick.B" }, D: {} } };

  test("makes what depends on something after it, and removes it before", () => {
    const made = walk(chain, "create");
    expect([made.seconds, made.criticalPath.map(({ address, start }) => `${start} ${address}`)]).toEqual([
      106,
      ["0 quick.A", "3 quick.B", "6 slow.C"],
    ]);
    const removed = walk(chain, "destroy");
    expect([removed.seconds, removed.criticalPath.map(({ address, start }) => `${start} ${address}`)]).toEqual([
      54,
      ["0 slow.C", "50 quick.B", "52 quick.A"],
    ]);
  });

  test("does what is independent at once, ten things unless told otherwise", () => {
    const twenty = { quick: Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`N${n}`, {}])) };
    expect([walk(twenty, "create").seconds, walk(twenty, "create", 20).seconds]).toEqual([6, 3]);
    expect(walk(twenty, "create").criticalPath).toHaveLength(2);
  });

  test("takes first what most waits for, or, out of luck, last", () => {
    const graph = new Graph({ resource: { quick: { A: {}, B: {}, Z: {} }, slow: { After: { after: "quick.Z" } } } });
    const placeOfZ = (luck: "good" | "bad") =>
      schedule(graph, { times, direction: "create", parallelism: 1, luck }).criticalPath.findIndex(
        ({ address }) => address === "quick.Z",
      );
    expect([placeOfZ("good"), placeOfZ("bad")]).toEqual([0, 2]);
  });

  test("leads a path through what takes no time", () => {
    const { criticalPath } = walk(
      { slow: { A: {}, Other: {} }, none: { B: { after: "slow.Other" } }, quick: { C: { after: "none.B" } } },
      "create",
    );
    expect(criticalPath.map(({ address }) => address)).toEqual(["slow.Other", "quick.C"]);
  });

  test("fails on a cycle, which Terraform cannot walk either", () => {
    expect(() => walk({ quick: { A: { after: "quick.B" }, B: { after: "quick.A" } } }, "create")).toThrow("cycle");
  });

  test("is never shorter than its longest chain, nor longer than everything in sequence, and its path has no gap", () => {
    const graphs = fc.array(fc.tuple(fc.constantFrom("slow", "quick", "none"), fc.array(fc.nat())), { maxLength: 25 });
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 12 }), (nodes, parallelism) => {
        const named = nodes.map(([type], index) => `${type}.N${index}`);
        const resource: Record<string, Record<string, object>> = {};
        const seconds = nodes.map(([type]) => times.secondsOf(`${type}.N`, {}, "create"));
        const longest: number[] = [];
        for (const [index, [type, after]] of nodes.entries()) {
          const parents = index === 0 ? [] : after.map((one) => one % index);
          longest.push((seconds[index] ?? 0) + Math.max(0, ...parents.map((one) => longest[one] ?? 0)));
          resource[type] = { ...resource[type], [`N${index}`]: { after: parents.map((one) => named[one]) } };
        }
        const made = walk(resource, "create", parallelism);
        expect(made.seconds).toBeGreaterThanOrEqual(Math.max(0, ...longest));
        expect(made.seconds).toBeLessThanOrEqual(seconds.reduce((sum, one) => sum + one, 0));
        const ends = [0, ...made.criticalPath.map(({ end }) => end)];
        expect(made.criticalPath.map(({ start }) => start)).toEqual(ends.slice(0, -1));
        expect(ends.at(-1)).toBe(made.seconds);
      }),
    );
  });
});
