import { ResourceGraph } from "@groundwork/constructs/insight/deploy-time/resource-graph";
import { DeployTimes } from "@groundwork/constructs/insight/deploy-time/deploy-times";

const times = DeployTimes.typical();

describe("DeployTimes", () => {
  test("distinguishes fast and slow resources of one type", () => {
    const create = (address: string, block = {}) => times.secondsOf(address, block, "create");
    expect(create("aws_eks_addon.A", { addon_name: "coredns" })).toBe(15);
    expect(create("aws_eks_addon.A", { addon_name: "vpc-cni" })).toBe(30);
    expect(create("aws_vpc_endpoint.E", { vpc_endpoint_type: "Interface" })).toBe(120);
    expect(create("aws_iam_role.R")).toBe(1);
  });

  test("takes no time for providers, and reads data sources on create only", () => {
    expect(times.secondsOf("provider.aws", {}, "create")).toBe(0);
    expect(times.secondsOf("data.aws_eks_cluster.C", {}, "create")).toBe(1);
    expect(times.secondsOf("data.aws_eks_cluster.C", {}, "destroy")).toBe(0);
  });

  test("computes the lower bound of the EKS deployment from its longest chain", () => {
    const graph = new ResourceGraph({
      resource: Object.fromEntries(
        ["vpc", "subnet", "eks_cluster", "eks_addon", "eks_node_group"]
          .map((type) => `aws_${type}`)
          .concat("helm_release", "kubernetes_ingress_v1")
          .map((type) => [type, { One: {} }]),
      ),
    });
    expect(times.floorOf("eks", "create", [graph])).toBe(12 + 11 + 555 + 30 + 125 + 15 + 24 + 150);
    expect(times.floorOf("eks", "destroy", [graph])).toBe(65 + 3 + 9 + 380 + 150 + 1 + 1);
  });

  test("has no lower bound for a deployment without such a chain", () => {
    expect(
      times.floorOf("site", "create", [new ResourceGraph({ resource: { aws_s3_bucket: { Site: {} } } })]),
    ).toBeUndefined();
    expect(times.floorOf("nothing", "create", [])).toBeUndefined();
  });

  test("fails for a type without times", () => {
    const broken = new DeployTimes({ seconds: {}, floors: {} });
    expect(() => broken.secondsOf("aws_vpc.V", {}, "create")).toThrow("no times for default");
  });
});
