import type { LiveObject } from "@groundwork/local/kubernetes/api";
import { nodesFor, unneededNodes } from "@groundwork/local/kubernetes/controllers/autoscaler";
import { type Pod, quantity } from "@groundwork/local/kubernetes/controllers/pods";

describe("the stand-in for the cluster autoscaler", () => {
  const pod = (node: string | undefined, millicores: number, isOfDaemonSet = false) =>
    ({ node, requests: { millicores, bytes: 0 }, isOfDaemonSet }) as Pod;
  const node = (name: string): LiveObject => ({
    metadata: { name },
    status: { allocatable: { cpu: "2", memory: "8Gi", pods: "10" } },
  });

  test.each([
    ["many small pods", 25, 10, 3],
    ["large pods", 3, 1_500, 3],
    ["pods that no node can take", 2, 3_000, 0],
  ])("adds the nodes that pods need: %s", (_, count, millicores, nodes) => {
    const pods = Array.from({ length: count }, () => pod(undefined, millicores));
    expect(nodesFor(pods, { millicores: 2_000, bytes: 8e9, pods: 10 })).toBe(nodes);
  });

  test("removes nodes that are less than half used and whose pods fit on the others, without those of DaemonSets", () => {
    const nodes = ["a", "b", "c"].map(node);
    const pods = [pod("a", 1_700), pod("b", 300), pod("c", 200), pod("c", 1_900, true)];
    expect(unneededNodes(nodes, pods)).toEqual(["c"]);
    expect(unneededNodes(nodes, [pod("a", 1_900), pod("b", 1_500), pod("c", 900)])).toEqual([]);
  });

  test("never removes the last node", () => {
    expect(unneededNodes([node("a")], [])).toEqual([]);
  });

  test.each([
    ["250m", "cpu", 250],
    ["2", "cpu", 2_000],
    ["128Mi", "memory", 134_217_728],
    ["1G", "memory", 1_000_000_000],
    [undefined, "cpu", 0],
  ] as const)("reads the quantity %s of %s", (text, unit, value) => {
    expect(quantity(text, unit)).toBe(value);
  });
});
