import { DeployTimes } from "@groundwork/constructs/insight/deploy-time/deploy-times";
import { runStacks } from "@groundwork/constructs/insight/deploy-time/environment-run";
import type { Deployment } from "@groundwork/cli/times";
import { deploymentsOf, excess } from "@groundwork/cli/times";
import { graphOf } from "../support/graph";
import { stacks } from "../support/stacks";

/** How many percent above what a cloud needs in any case a graph may lie. Whole ones: the times are no better than that. */
const AIM = 5;

const all = stacks.map((stack) => ({
  id: stack.node.id,
  graph: graphOf(stack),
  dependencies: stack.dependencies.map(({ node }) => node.id),
}));

function deployment(environment: string): Deployment {
  const found = deploymentsOf(environment, all, DeployTimes.read()).find(({ name }) => name === `${environment}-eks`);
  if (found === undefined) throw new Error(`nothing of ${environment} is deployed`);
  return found;
}

describe.each(["lab", "production"])("the web application of %s", (environment) => {
  const eks = deployment(environment);

  test.each(["create", "destroy"] as const)(
    "takes to %s what a cloud takes in any case, and five percent",
    (direction) => {
      const above = Math.round((excess(eks, direction) ?? NaN) * 100);
      expect(above).toBeGreaterThan(0);
      expect(above).toBeLessThanOrEqual(AIM);
    },
  );

  test.each(["create", "destroy"] as const)("does not depend on luck: what is slow never queues to %s", (direction) => {
    const unlucky = runStacks(eks.stacks, { times: DeployTimes.read(), direction, luck: "bad" });
    expect(unlucky.seconds / eks.runs[direction].seconds).toBeLessThan(1.02);
  });

  test("waits for its control plane, not for NAT, endpoints or keys", () => {
    const [cluster] = eks.runs.create.criticalStacks;
    const slow = cluster?.criticalPath
      .filter(({ start, end }) => end - start > 5)
      .map(({ address }) => address.split(".")[0]);
    expect(slow).toEqual([
      "aws_vpc",
      "aws_subnet",
      "aws_eks_cluster",
      "aws_eks_addon",
      "aws_eks_node_group",
      "aws_eks_addon",
    ]);
  });

  test("keeps way out and network until nodes are gone, and loses no time by it", () => {
    const last = eks.runs.destroy.criticalStacks.at(-1);
    const path = last?.criticalPath.map(({ address }) => address.split(".")[0]);
    expect(path).toEqual(expect.arrayContaining(["aws_eks_node_group", "aws_eks_cluster"]));
    expect(path).not.toContain("aws_nat_gateway");
    expect(path).not.toContain("aws_internet_gateway");
  });
});
