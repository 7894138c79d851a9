import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Release } from "@cdktf/provider-helm/lib/release";
import { resource, resources, synthesized } from "../support/fixture";
import { graphOf } from "../support/graph";
import { releaseValues } from "../support/helm";
import { stackOf } from "../support/stacks";

const ENVIRONMENTS = ["lab", "production", "local"];

function release(stack: ReturnType<typeof stackOf>, name: string) {
  return resources(stack, Release).find((one) => one["name"] === name);
}

describe("lab-eks-addons", () => {
  const stack = stackOf("lab-eks-addons");

  test("has the lab's load balancer controller: v2.13.3, its policy, its own role, cert-manager 1.12.3 (C3)", () => {
    expect(release(stack, "aws-load-balancer-controller")).toMatchObject({
      version: "1.13.3",
      namespace: "kube-system",
    });
    expect(resource(stack, IamPolicy)["name"]).toBe("AWSLoadBalancerControllerIAMPolicy");
    expect(releaseValues(stack, "aws-load-balancer-controller")).toMatchObject({
      clusterName: "eks-demo",
      region: "ap-northeast-2",
      vpcId: expect.stringContaining("vpc_config[0].vpc_id") as string,
      enableCertManager: true,
      ingressClass: "alb",
      serviceAccount: {
        name: "aws-load-balancer-controller",
        annotations: { "eks.amazonaws.com/role-arn": expect.stringContaining("aws_iam_role") as string },
      },
      ingressClassParams: { create: true, name: "alb" },
    });
    expect(release(stack, "cert-manager")).toMatchObject({ version: "v1.12.3", namespace: "cert-manager" });
  });

  test("has the lab's Container Insights, Fluent Bit on port 2020 (C7), and metrics-server (C8)", () => {
    const names = resources(stack, EksAddon).map((addon) => addon["addon_name"]);
    expect(names.sort()).toEqual(["amazon-cloudwatch-observability", "aws-ebs-csi-driver", "metrics-server"]);
    const insights = resources(stack, EksAddon).find((addon) => String(addon["addon_name"]).startsWith("amazon"));
    expect(insights?.["configuration_values"]).toMatch(/HTTP_Server +On.*HTTP_Port +2020/);
    expect(resources(stack, CloudwatchLogGroup)).toHaveLength(4);
  });

  test("has an autoscaler of the cluster's minor version that finds node groups by tag (C9)", () => {
    expect(releaseValues(stack, "cluster-autoscaler")).toMatchObject({
      image: { tag: "v1.33.6" },
      autoDiscovery: { clusterName: "eks-demo" },
    });
  });
});

describe("production-eks-addons", () => {
  const stack = stackOf("production-eks-addons");

  test("assigns roles through Pod Identity, the lab through its OIDC issuer", () => {
    expect(resources(stack, EksPodIdentityAssociation)).toHaveLength(4);
    expect(resources(stackOf("lab-eks-addons"), EksPodIdentityAssociation)).toEqual([]);
  });

  test("has no cert-manager and keeps logs longer, encrypted with the key of the eks stack", () => {
    expect(release(stack, "cert-manager")).toBeUndefined();
    expect(release(stack, "aws-load-balancer-controller")).toMatchObject({ version: "1.17.1" });
    for (const group of resources(stack, CloudwatchLogGroup))
      expect(group).toMatchObject({ retention_in_days: 365, kms_key_id: expect.any(String) as string });
  });
});

describe.each(ENVIRONMENTS)("%s-eks-addons", (environment) => {
  const stack = stackOf(`${environment}-eks-addons`);

  test("finds its cluster by name and depends on the stack that creates it", () => {
    expect(resources(stack, EksCluster)).toEqual([]);
    expect(resources(stack, DataAwsEksCluster)).toHaveLength(1);
    expect(stack.dependencies.map(({ node }) => node.id)).toContain(`${environment}-eks`);
  });

  test("keeps every identity until the programs that use it are removed", () => {
    const graph = graphOf(stack);
    for (const one of resources(stack, Release).filter(({ name }) => name !== "cert-manager"))
      expect([one["name"], graph.touches(one.address, "aws_iam_role")]).toEqual([one["name"], true]);
    expect(graph.needs(release(stack, "aws-load-balancer-controller")?.address ?? "", "aws_iam_policy")).toBe(true);
  });
});

describe("the Helm provider", () => {
  function provider(id: string): Record<string, unknown> {
    const { provider: made } = synthesized(stackOf(id)) as unknown as { provider: { helm: [{ kubernetes: object }] } };
    return made.helm[0].kubernetes as Record<string, unknown>;
  }

  test("requests a new token for every call, by the cluster's name", () => {
    expect(provider("lab-eks-addons")["exec"]).toEqual({
      api_version: "client.authentication.k8s.io/v1",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", "eks-demo", "--region", "ap-northeast-2"],
    });
    expect(provider("lab-eks-addons")["host"]).toMatch(/^\$\{data\.aws_eks_cluster\./);
    expect(provider("lab-eks-addons")).not.toHaveProperty("token");
  });

  test("uses the local API server and nothing of AWS", () => {
    expect(provider("local-eks-addons")).toEqual({
      host: "${var.local_kubernetes_host}",
      cluster_ca_certificate: "${var.local_kubernetes_ca}",
      token: "${var.local_kubernetes_token}",
    });
    const { variable } = synthesized(stackOf("local-eks-addons"));
    expect(variable?.["local_kubernetes_token"]).toMatchObject({ sensitive: true });
  });
});
