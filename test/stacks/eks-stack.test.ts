import { AutoscalingGroupTagA } from "@cdktf/provider-aws/lib/autoscaling-group-tag";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { resource, resources } from "../support/fixture";
import { graphOf } from "../support/graph";
import { statementsOf } from "../support/policy";
import { stackOf } from "../support/stacks";

const ENVIRONMENTS = ["lab", "production", "local"];

describe("lab-eks", () => {
  const stack = stackOf("lab-eks");

  test("has the lab's network: one block, three zones, a NAT gateway in each", () => {
    expect(resource(stack, Vpc)).toMatchObject({ cidr_block: "10.0.0.0/16", tags: { Name: "lab-eks-network" } });
    expect(resources(stack, NatGateway)).toHaveLength(3);
    const blocks = resources(stack, Subnet).map((subnet) => String(subnet["cidr_block"]));
    expect(blocks.sort()).toEqual([
      "10.0.0.0/19",
      "10.0.128.0/19",
      "10.0.160.0/19",
      "10.0.32.0/19",
      "10.0.64.0/19",
      "10.0.96.0/19",
    ]);
  });

  test("has the lab's two repositories, scanned on push, with mutable tags (C1)", () => {
    expect(resources(stack, EcrRepository)).toMatchObject(
      ["demo-flask-backend", "demo-frontend"].map((name) => ({
        name,
        image_tag_mutability: "MUTABLE",
        image_scanning_configuration: { scan_on_push: true },
      })),
    );
    expect(resources(stack, EcrLifecyclePolicy)).toHaveLength(2);
  });

  test("has the lab's cluster: eks-demo, 1.33, all five log types (C2)", () => {
    expect(resource(stack, EksCluster)).toMatchObject({
      name: "eks-demo",
      version: "1.33",
      enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    });
    const groups = resources(stack, CloudwatchLogGroup).map((group) => group["name"]);
    expect(groups).toContain("/aws/eks/eks-demo/cluster");
  });

  test("has the lab's nodes: node-group, three m5.large of at most five, 20 GB, private (C2, C9)", () => {
    const group = resource(stack, EksNodeGroup);
    expect(group).toMatchObject({
      node_group_name: "node-group",
      instance_types: ["m5.large"],
      scaling_config: { min_size: 3, desired_size: 3, max_size: 5 },
    });
    expect(group["subnet_ids"]).toEqual([
      expect.stringContaining("Network_private_a"),
      expect.stringContaining("Network_private_b"),
      expect.stringContaining("Network_private_c"),
    ]);
    expect(resource(stack, LaunchTemplate)["block_device_mappings"]).toMatchObject([{ ebs: { volume_size: 20 } }]);
    const keys = resources(stack, AutoscalingGroupTagA).map(({ tag }) => (tag as { key: string }).key);
    expect(keys).toContain("k8s.io/cluster-autoscaler/enabled");
  });

  test("registers its issuer with IAM (C3), and permits one role to push images (C2)", () => {
    expect(resources(stack, IamOpenidConnectProvider)).toHaveLength(1);
    const [builder] = resources(stack, IamRolePolicy).filter(({ role }) => String(role).includes("ImageBuilder"));
    const pushed =
      builder === undefined
        ? []
        : statementsOf(builder).filter(({ Action }) => [Action].flat().includes("ecr:PutImage"));
    expect(pushed).toHaveLength(2);
  });
});

describe("production-eks", () => {
  const stack = stackOf("production-eks");

  test("has a version in standard support, named API clients, customer-managed keys and longer log retention", () => {
    expect(resource(stack, EksCluster)).toMatchObject({
      version: "1.35",
      vpc_config: { endpoint_private_access: true, public_access_cidrs: ["203.0.113.0/24"] },
      encryption_config: { resources: ["secrets"] },
    });
    for (const group of resources(stack, CloudwatchLogGroup))
      expect(group).toMatchObject({
        retention_in_days: 365,
        kms_key_id: expect.stringContaining("aws_kms_key") as string,
      });
    expect(resource(stack, EksNodeGroup)).toMatchObject({
      capacity_type: "ON_DEMAND",
      lifecycle: { create_before_destroy: true },
    });
  });

  test("keeps images and has immutable tags", () => {
    for (const repository of resources(stack, EcrRepository))
      expect(repository).toMatchObject({
        image_tag_mutability: "IMMUTABLE",
        force_delete: false,
        encryption_configuration: [{ encryption_type: "KMS" }],
      });
  });
});

describe.each(ENVIRONMENTS)("%s-eks is created and destroyed in the order that AWS requires", (environment) => {
  const stack = stackOf(`${environment}-eks`);
  const graph = graphOf(stack);
  const addon = (name: string) => resources(stack, EksAddon).find((one) => one["addon_name"] === name)?.address ?? name;

  test("the cluster depends on its role, log group and route tables, and on no NAT gateway", () => {
    for (const needed of ["aws_iam_role_policy_attachment", "aws_cloudwatch_log_group", "aws_route_table_association"])
      expect([needed, graph.touches("aws_eks_cluster", needed)]).toEqual([needed, true]);
    for (const slow of ["aws_nat_gateway", "aws_internet_gateway", "aws_route", "aws_vpc_endpoint"])
      expect([slow, graph.touches("aws_eks_cluster", slow)]).toEqual([slow, false]);
  });

  test("nodes depend on plugins, egress and endpoints, and are destroyed before them", () => {
    const needed = [
      addon("vpc-cni"),
      addon("kube-proxy"),
      addon("eks-pod-identity-agent"),
      "aws_nat_gateway",
      "aws_internet_gateway",
      "aws_route",
      "aws_route_table_association",
      "aws_network_acl",
      ...graph.all("aws_vpc_endpoint"),
    ];
    for (const one of needed) expect([one, graph.needs("aws_eks_node_group", one)]).toEqual([one, true]);
  });

  test("add-ons that run as ordinary pods depend on nodes", () => {
    expect(graph.needs(addon("coredns"), "aws_eks_node_group")).toBe(true);
    expect(graph.touches("aws_eks_node_group", addon("coredns"))).toBe(false);
  });

  test("gateways have no cyclic dependency", () => {
    expect(graph.cycle).toBeUndefined();
    expect(graph.needs("aws_nat_gateway", "aws_internet_gateway")).toBe(true);
  });
});

describe("local-eks", () => {
  test("has exactly the lab's resource addresses", () => {
    const addresses = (id: string) =>
      resources(stackOf(id), Subnet).map((subnet) => [subnet.address, subnet["cidr_block"]]);
    expect(addresses("local-eks")).toEqual(addresses("lab-eks"));
  });
});
