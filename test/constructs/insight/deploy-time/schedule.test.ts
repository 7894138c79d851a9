import { defined } from "@groundwork/constructs/core/defined";
import { ResourceGraph } from "@groundwork/constructs/insight/deploy-time/resource-graph";
import { DeployTimes } from "@groundwork/constructs/insight/deploy-time/deploy-times";
import type { Direction } from "@groundwork/constructs/insight/deploy-time/typical-times";
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
  const graph = new ResourceGraph({ resource });
  return schedule(graph, { times, direction, ...defined({ parallelism }) });
}

describe("schedule", () => {
  const chain = { quick: { A: {}, B: { after: "quick.A" } }, slow: { C: { after: "quick.B" }, D: {} } };

  test("creates a resource after its dependencies, and destroys it before them", () => {
    const created = walk(chain, "create");
    expect([created.seconds, created.criticalPath.map(({ address, start }) => `${start} ${address}`)]).toEqual([
      106,
      ["0 quick.A", "3 quick.B", "6 slow.C"],
    ]);
    const destroyed = walk(chain, "destroy");
    expect([destroyed.seconds, destroyed.criticalPath.map(({ address, start }) => `${start} ${address}`)]).toEqual([
      54,
      ["0 slow.C", "50 quick.B", "52 quick.A"],
    ]);
  });

  test("runs independent resources concurrently, ten by default", () => {
    const twenty = { quick: Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`N${n}`, {}])) };
    expect([walk(twenty, "create").seconds, walk(twenty, "create", 20).seconds]).toEqual([6, 3]);
    expect(walk(twenty, "create").criticalPath).toHaveLength(2);
  });

  test("starts with the resource of the longest chain, or with the shortest in the worst case", () => {
    const graph = new ResourceGraph({
      resource: { quick: { A: {}, B: {}, Z: {} }, slow: { After: { after: "quick.Z" } } },
    });
    const positionOfZ = (ties: "longest-first" | "shortest-first") =>
      schedule(graph, { times, direction: "create", parallelism: 1, ties }).criticalPath.findIndex(
        ({ address }) => address === "quick.Z",
      );
    expect([positionOfZ("longest-first"), positionOfZ("shortest-first")]).toEqual([0, 2]);
  });

  test("continues the critical path through resources that take no time", () => {
    const { criticalPath } = walk(
      { slow: { A: {}, Other: {} }, none: { B: { after: "slow.Other" } }, quick: { C: { after: "none.B" } } },
      "create",
    );
    expect(criticalPath.map(({ address }) => address)).toEqual(["slow.Other", "quick.C"]);
  });

  test("fails on a cycle", () => {
    expect(() => walk({ quick: { A: { after: "quick.B" }, B: { after: "quick.A" } } }, "create")).toThrow("cycle");
  });

  test("is at least as long as its longest chain, at most as long as all steps in sequence, and its critical path has no gap", () => {
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
        const walked = walk(resource, "create", parallelism);
        expect(walked.seconds).toBeGreaterThanOrEqual(Math.max(0, ...longest));
        expect(walked.seconds).toBeLessThanOrEqual(seconds.reduce((sum, one) => sum + one, 0));
        const ends = [0, ...walked.criticalPath.map(({ end }) => end)];
        expect(walked.criticalPath.map(({ start }) => start)).toEqual(ends.slice(0, -1));
        expect(ends.at(-1)).toBe(walked.seconds);
      }),
    );
  });
});
