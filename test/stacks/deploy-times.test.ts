import { DeployTimes } from "@groundwork/constructs/insight/deploy-time/deploy-times";
import { scheduleStacks } from "@groundwork/constructs/insight/deploy-time/environment-schedule";
import { type Deployment, deploymentsOf, excess } from "@groundwork/cli/times/times";
import { graphOf } from "../support/graph";
import { stacks } from "../support/stacks";

/** Allowed excess over the cloud's minimum, in whole percent, because the times are no more precise. */
const AIM = 5;

const all = stacks.map((stack) => ({
  id: stack.node.id,
  graph: graphOf(stack),
  dependencies: stack.dependencies.map(({ node }) => node.id),
}));

function deployment(environment: string): Deployment {
  const found = deploymentsOf(all, DeployTimes.typical()).find(({ name }) => name === `${environment}-eks`);
  if (found === undefined) throw new Error(`nothing of ${environment} is deployed`);
  return found;
}

describe.each(["lab", "production"])("the web application of %s", (environment) => {
  const eks = deployment(environment);

  test.each(["create", "destroy"] as const)(
    "takes at most five percent more than the cloud's minimum to %s",
    (direction) => {
      const above = Math.round((excess(eks, direction) ?? NaN) * 100);
      expect(above).toBeGreaterThan(0);
      expect(above).toBeLessThanOrEqual(AIM);
    },
  );

  test.each(["create", "destroy"] as const)(
    "does not depend on scheduling order: slow resources never wait for a slot to %s",
    (direction) => {
      const unlucky = scheduleStacks(eks.stacks, { times: DeployTimes.typical(), direction, ties: "shortest-first" });
      expect(unlucky.seconds / eks.runs[direction].seconds).toBeLessThan(1.02);
    },
  );

  test("has the control plane on its critical path, and neither NAT, endpoints nor keys", () => {
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

  test("keeps egress and network until nodes are removed, without longer deletion", () => {
    const last = eks.runs.destroy.criticalStacks.at(-1);
    const path = last?.criticalPath.map(({ address }) => address.split(".")[0]);
    expect(path).toEqual(expect.arrayContaining(["aws_eks_node_group", "aws_eks_cluster"]));
    expect(path).not.toContain("aws_nat_gateway");
    expect(path).not.toContain("aws_internet_gateway");
  });
});
