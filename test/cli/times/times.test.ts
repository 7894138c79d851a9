import { ResourceGraph } from "@groundwork/constructs/insight/deploy-time/resource-graph";
import { DeployTimes } from "@groundwork/constructs/insight/deploy-time/deploy-times";
import { deploymentsOf, excess, timesText } from "@groundwork/cli/times/times";

const times = new DeployTimes({
  seconds: { slow: { create: 100, destroy: 50 }, default: { create: 1, destroy: 1 } },
  floors: { web: [{ create: ["slow"], destroy: ["slow"] }], site: [] },
});

function stack(id: string, dependencies: readonly string[], resource = {}) {
  return { id, dependencies, graph: new ResourceGraph({ resource }) };
}

const stacks = [
  stack("lab-web-late", ["lab-web"], { quick: { A: {} } }),
  stack("lab-web", ["lab-other"], { slow: { A: {} } }),
  stack("lab-web-parallel", [], { quick: { A: {} } }),
  stack("lab-website", [], { slow: { A: {} } }),
];
const [web, ...others] = deploymentsOf(stacks, times);

describe("deployments", () => {
  test("contain the stacks whose names start with their name", () => {
    expect(web?.stacks.map(({ id }) => id)).toEqual(["lab-web-late", "lab-web", "lab-web-parallel"]);
    expect(others.map(({ name, floors }) => [name, floors.create])).toEqual([["lab-website", undefined]]);
  });

  test("run dependent stacks in sequence and others in parallel, in reverse order for destroy", () => {
    const starts = (direction: "create" | "destroy") =>
      Object.fromEntries(web?.runs[direction].runs.map(({ id, start }) => [id, start]) ?? []);
    expect(starts("create")).toEqual({ "lab-web": 0, "lab-web-late": 100, "lab-web-parallel": 0 });
    expect(starts("destroy")).toEqual({ "lab-web": 1, "lab-web-late": 0, "lab-web-parallel": 0 });
  });

  test("report the excess over the least possible time, by stack, and the critical path", () => {
    if (web === undefined) throw new Error("no deployment");
    expect(excess(web, "create")).toBeCloseTo(0.01);
    const text = timesText([web]);
    expect(text[1]?.split(/\s+/)).toEqual(["lab-web*", "101", "100", "+1.0", "%", "51", "50", "+2.0", "%"]);
    expect(text.slice(-4)).toEqual([
      "lab-web: critical path of create",
      "     0 + 100  slow.A",
      "lab-web: critical path of destroy",
      "     1 +  50  slow.A",
    ]);
  });
});
