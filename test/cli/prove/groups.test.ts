import * as fc from "fast-check";
import { groupsOf } from "@groundwork/cli/prove/groups";
import { synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { synthesizedApp } from "../../support/synthesized-app";

function groups(dependencies: Readonly<Record<string, readonly string[]>>, ...selected: readonly string[]) {
  const configs = Object.fromEntries(Object.keys(dependencies).map((id) => [id, {}]));
  const all = synthesizedStacks(synthesizedApp(configs, dependencies));
  const chosen = all.filter(({ id }) => selected.length === 0 || selected.includes(id));
  return groupsOf(all, chosen).map((group) => group.map(({ id }) => id));
}

describe("groupsOf", () => {
  test("separates stacks that do not depend on each other", () => {
    expect(groups({ site: [], eks: [], addons: ["eks"], workloads: ["addons"] })).toEqual([
      ["site"],
      ["eks", "addons", "workloads"],
    ]);
  });

  test("adds the stacks that a selected one needs, and not those that need it", () => {
    expect(groups({ eks: [], addons: ["eks"], workloads: ["addons"] }, "addons")).toEqual([["eks", "addons"]]);
  });

  test("joins groups with a stack that needs both", () => {
    expect(groups({ a: [], b: [], c: ["a", "b"] })).toEqual([["a", "b", "c"]]);
  });

  test("finds the dependency in a reference to the state of another stack", () => {
    const reader = { data: { terraform_remote_state: { "cross-stack-reference-input-network": { backend: "s3" } } } };
    const all = synthesizedStacks(synthesizedApp({ app: reader, network: {} }));
    expect(
      groupsOf(
        all,
        all.filter(({ id }) => id === "app"),
      ),
    ).toMatchObject([[{ id: "network" }, { id: "app" }]]);
  });

  test("puts every needed stack before the one that needs it, and each stack into one group", () => {
    const graph = fc
      .array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 1, maxLength: 10 })
      .map((edges) =>
        Object.fromEntries(
          edges.map((needs, index) => [
            `s${index}`,
            needs.filter((other) => other < index).map((other) => `s${other}`),
          ]),
        ),
      );
    fc.assert(
      fc.property(graph, (dependencies) => {
        const found = groups(dependencies);
        expect(found.flat().sort()).toEqual(Object.keys(dependencies).sort());
        for (const group of found)
          for (const [index, id] of group.entries())
            for (const needed of dependencies[id] ?? []) expect(group.slice(0, index)).toContain(needed);
      }),
      { numRuns: 30 },
    );
  });
});
