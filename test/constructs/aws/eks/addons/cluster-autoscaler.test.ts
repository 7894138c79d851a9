import { Release } from "@cdktf/provider-helm/lib/release";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import {
  ClusterAutoscaler,
  type ClusterAutoscalerProps,
} from "@groundwork/constructs/aws/eks/addons/cluster-autoscaler";
import { ADD001, ADD007, ADD012 } from "@groundwork/constructs/aws/eks/addons/rules";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { Duration } from "@groundwork/constructs/core/duration";
import { eksStack, importedCluster } from "../../../../support/cluster";
import { resource } from "../../../../support/fixture";
import { graphOf } from "../../../../support/graph";
import { releaseValues } from "../../../../support/helm";
import { statementsOf } from "../../../../support/policy";

function autoscalerWith(props: Partial<ClusterAutoscalerProps> = {}, version = KubernetesVersion.V1_35) {
  const { stack, cluster } = importedCluster(version);
  return { stack, autoscaler: new ClusterAutoscaler(stack, "Autoscaler", { cluster, ...props }) };
}

describe("ClusterAutoscaler", () => {
  test.each(["1.33", "1.34", "1.35", "1.36"])("runs an image of minor %s in a cluster of that minor", (minor) => {
    const { stack } = autoscalerWith({}, KubernetesVersion.of(minor));
    expect(releaseValues(stack)["image"]).toEqual({ tag: expect.stringMatching(`^v${minor}\\.`) as string });
  });

  test("discovers groups by the tags of its cluster and has two replicas", () => {
    const { stack } = autoscalerWith({ unneededFor: Duration.minutes(5) });
    expect(resource(stack, Release)).toMatchObject({
      repository: "https://kubernetes.github.io/autoscaler",
      chart: "cluster-autoscaler",
      version: "9.59.0",
      namespace: "kube-system",
    });
    expect(releaseValues(stack)).toMatchObject({
      cloudProvider: "aws",
      awsRegion: "ap-northeast-2",
      autoDiscovery: { clusterName: "demo" },
      rbac: { serviceAccount: { create: true, name: "cluster-autoscaler" } },
      replicaCount: 2,
      extraArgs: { "balance-similar-node-groups": true, expander: "least-waste", "scale-down-unneeded-time": "300s" },
    });
  });

  test("can read everything and change only groups of its cluster", () => {
    const [read, resize] = statementsOf(resource(autoscalerWith().stack, IamRolePolicy));
    expect(
      (read?.["Action"] as string[]).filter((action) => /:(Set|Terminate|Create|Delete|Update)/.test(action)),
    ).toEqual([]);
    expect(read?.["Action"]).toHaveLength(9);
    expect(resize).toMatchObject({
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Condition: { StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/demo": "owned" } },
    });
  });

  test("keeps its permissions until it has been deleted", () => {
    const graph = graphOf(autoscalerWith().stack);
    expect(graph.needs("helm_release", "aws_iam_role_policy")).toBe(true);
    expect(graph.needs("helm_release", "aws_eks_pod_identity_association")).toBe(true);
  });

  test("rejects an image of another minor", () => {
    expect(() => autoscalerWith({ imageTag: "v1.34.5" })).toViolate(ADD007, /use v1\.35\.2/);
    expect(() => autoscalerWith({ imageTag: "v1.35.0" })).not.toThrow();
  });

  test("rejects the stack that creates its cluster", () => {
    const { stack, cluster } = eksStack();
    expect(() => new ClusterAutoscaler(stack, "Autoscaler", { cluster })).toViolate(ADD001);
  });

  test("takes further values of the chart", () => {
    const { stack } = autoscalerWith({ values: { extraArgs: { expander: "priority" }, priorityClassName: "high" } });
    expect(releaseValues(stack)).toMatchObject({
      extraArgs: { expander: "priority", "balance-similar-node-groups": true },
      priorityClassName: "high",
    });
  });

  test.each([-1, 1.5, NaN])("rejects %d replicas", (replicas) => {
    expect(() => autoscalerWith({ replicas })).toViolate(ADD012);
  });
});
