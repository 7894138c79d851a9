import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { MetricsServer } from "@groundwork/constructs/aws/eks/addons/metrics-server";
import { ADD003 } from "@groundwork/constructs/aws/eks/addons/rules";
import { AddonVersion } from "@groundwork/constructs/aws/eks/addons/managed/addon-version";
import { Scaling } from "@groundwork/constructs/aws/eks/nodes/scaling";
import { eksStack, importedCluster } from "../../../../support/cluster";
import { resource, resources } from "../../../../support/fixture";
import { graphOf } from "../../../../support/graph";

describe("MetricsServer", () => {
  test("installs a managed add-on that does not call AWS", () => {
    const { stack, cluster } = importedCluster();
    new MetricsServer(stack, "Metrics", { cluster, version: AddonVersion.pinned("v0.8.0-eksbuild.2") });
    expect(resource(stack, EksAddon)).toMatchObject({
      cluster_name: "demo",
      addon_name: "metrics-server",
      addon_version: "v0.8.0-eksbuild.2",
    });
    expect(resources(stack, IamRole)).toEqual([]);
  });

  test("depends on nodes and rejects a cluster without them", () => {
    const { stack, cluster } = eksStack();
    expect(() => new MetricsServer(stack, "Early", { cluster })).toViolate(ADD003);
    cluster.addNodeGroup("Nodes", { instanceTypes: ["m7g.large"], scaling: Scaling.fixed(2) });
    const metrics = new MetricsServer(stack, "Metrics", { cluster });
    const [address = ""] = graphOf(stack)
      .all("aws_eks_addon")
      .filter((addon) => addon.includes("Metrics"));
    expect(graphOf(stack).needs(address, "aws_eks_node_group")).toBe(true);
    expect(metrics.fqn).toBeDefined();
  });
});
