import { AutoscalingGroupTagA } from "@cdktf/provider-aws/lib/autoscaling-group-tag";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { NodeGroup, type NodeGroupProps } from "@groundwork/constructs/aws/eks/nodes/node-group";
import { NodeImage } from "@groundwork/constructs/aws/eks/nodes/node-image";
import { NodePolicy } from "@groundwork/constructs/aws/eks/nodes/node-policy";
import { Purchase } from "@groundwork/constructs/aws/eks/nodes/purchase";
import { EKS005, EKS006, EKS007, EKS008, EKS011, EKS012 } from "@groundwork/constructs/aws/eks/rules";
import { Scaling } from "@groundwork/constructs/aws/eks/nodes/scaling";
import { Taint } from "@groundwork/constructs/aws/eks/nodes/taint";
import { GatewayEndpoint, InterfaceEndpoint } from "@groundwork/constructs/aws/network/endpoint";
import { Nat } from "@groundwork/constructs/aws/network/nat/nat";
import { Network, type NetworkProps } from "@groundwork/constructs/aws/network/network";
import { Tier } from "@groundwork/constructs/aws/network/tier";
import { Region } from "@groundwork/constructs/aws/region";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { Size } from "@groundwork/constructs/core/size";
import { eksStack, importedCluster } from "../../../../support/cluster";
import { resource, resources } from "../../../../support/fixture";
import { graphOf } from "../../../../support/graph";
import { statementsOf } from "../../../../support/policy";

function groupWith(props: Partial<NodeGroupProps> = {}, networkProps: Partial<NetworkProps> = {}) {
  const stackWithCluster = eksStack({}, networkProps);
  const group = stackWithCluster.cluster.addNodeGroup("General", {
    instanceTypes: ["m7g.large"],
    scaling: Scaling.between(2, 6),
    ...props,
  });
  return { ...stackWithCluster, group };
}

describe("NodeGroup", () => {
  test("starts nodes with an encrypted volume and metadata that only the node can read", () => {
    const { stack } = groupWith({ disk: Size.gibibytes(20) });
    expect(resource(stack, LaunchTemplate)).toMatchObject({
      block_device_mappings: [
        { device_name: "/dev/xvda", ebs: { encrypted: "true", volume_type: "gp3", volume_size: 20 } },
      ],
      metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
    });
    expect(resource(stack, EksNodeGroup)["launch_template"]).toEqual({
      id: `\${${resource(stack, LaunchTemplate).address}.id}`,
      version: `\${${resource(stack, LaunchTemplate).address}.latest_version}`,
    });
  });

  test("runs Amazon Linux 2023 for its architecture, in the version of the control plane, in private subnets", () => {
    const arm = resource(groupWith().stack, EksNodeGroup);
    expect(arm).toMatchObject({ ami_type: "AL2023_ARM_64_STANDARD", version: "1.35", capacity_type: "ON_DEMAND" });
    expect(JSON.stringify(arm["subnet_ids"])).toMatch(/private_a.*private_b.*private_c/);
    const x86 = resource(groupWith({ instanceTypes: ["m5.large", "m6i.large"] }).stack, EksNodeGroup);
    expect(x86).toMatchObject({ ami_type: "AL2023_x86_64_STANDARD", instance_types: ["m5.large", "m6i.large"] });
  });

  test("ignores changes of the desired number of nodes", () => {
    expect(resource(groupWith().stack, EksNodeGroup)).toMatchObject({
      scaling_config: { min_size: 2, desired_size: 2, max_size: 6 },
      lifecycle: { ignore_changes: ["scaling_config[0].desired_size"] },
    });
  });

  test("is created before its predecessor is destroyed, unless it has an exact name", () => {
    expect(resource(groupWith().stack, EksNodeGroup)).toMatchObject({
      node_group_name_prefix: "test-cluster-general-",
      lifecycle: { create_before_destroy: true },
    });
    const named = resource(groupWith({ nodeGroupName: "node-group" }).stack, EksNodeGroup);
    expect(named).toMatchObject({ node_group_name: "node-group" });
    expect(named).not.toHaveProperty("node_group_name_prefix");
    expect(named["lifecycle"]).not.toHaveProperty("create_before_destroy");
  });

  test("supports spot instances, labels, taints and other images", () => {
    const { stack } = groupWith({
      instanceTypes: ["c7g.large", "c6g.large"],
      image: NodeImage.BOTTLEROCKET_ARM64,
      purchase: Purchase.spot(),
      labels: { "team/name": "batch" },
      taints: [Taint.noSchedule("dedicated", "batch"), Taint.preferNoSchedule("slow"), Taint.noExecute("old")],
    });
    expect(resource(stack, EksNodeGroup)).toMatchObject({
      ami_type: "BOTTLEROCKET_ARM_64",
      capacity_type: "SPOT",
      labels: { "team/name": "batch" },
      taint: [
        { key: "dedicated", value: "batch", effect: "NO_SCHEDULE" },
        { key: "slow", value: "", effect: "PREFER_NO_SCHEDULE" },
        { key: "old", value: "", effect: "NO_EXECUTE" },
      ],
    });
    expect(JSON.stringify(resource(stack, LaunchTemplate)["block_device_mappings"])).toContain("/dev/xvdb");
  });

  test("tags its Auto Scaling group with cluster, labels and taints for the autoscaler", () => {
    const { stack } = groupWith({ labels: { "team/name": "batch" }, taints: [Taint.noSchedule("dedicated", "gpu")] });
    const tags = resources(stack, AutoscalingGroupTagA).map(({ tag }) => tag as { key: string; value: string });
    expect(Object.fromEntries(tags.map(({ key, value }) => [key.replace(/\$\{[^}]*\}/, "<cluster>"), value]))).toEqual({
      "k8s.io/cluster-autoscaler/enabled": "true",
      "k8s.io/cluster-autoscaler/<cluster>": "owned",
      "k8s.io/cluster-autoscaler/node-template/label/team/name": "batch",
      "k8s.io/cluster-autoscaler/node-template/taint/dedicated": "gpu:NoSchedule",
    });
    expect(resources(stack, AutoscalingGroupTagA)[0]?.["autoscaling_group_name"]).toMatch(
      /\.resources\[0\]\.autoscaling_groups\[0\]\.name/,
    );
  });

  test("has no autoscaler tags when its size is fixed", () => {
    expect(resources(groupWith({ scaling: Scaling.fixed(3) }).stack, AutoscalingGroupTagA)).toEqual([]);
  });

  test("allows nodes only to join, to pull images and to be managed by Session Manager", () => {
    const { stack } = groupWith();
    const attached = resources(stack, IamRolePolicyAttachment)
      .filter(({ role }) => String(role).includes("General"))
      .map((attachment) => String(attachment["policy_arn"]).replace("arn:aws:iam::aws:policy/", ""));
    expect(attached.sort()).toEqual([
      "AmazonEC2ContainerRegistryPullOnly",
      "AmazonEKSWorkerNodePolicy",
      "AmazonEKS_CNI_Policy",
      "AmazonSSMManagedInstanceCore",
    ]);
    expect(resources(stack, IamRolePolicy).filter(({ role }) => String(role).includes("General"))).toEqual([]);
  });

  test("adds the five node policies of eksctl on request", () => {
    const { stack } = groupWith({
      nodePolicies: [
        NodePolicy.IMAGE_BUILDER,
        NodePolicy.LOAD_BALANCER_CONTROLLER,
        NodePolicy.CLOUD_WATCH,
        NodePolicy.AUTO_SCALER,
        NodePolicy.EBS,
      ],
    });
    const attached = JSON.stringify(resources(stack, IamRolePolicyAttachment));
    for (const name of [
      "AmazonEC2ContainerRegistryPowerUser",
      "CloudWatchAgentServerPolicy",
      "AmazonEBSCSIDriverPolicy",
    ])
      expect(attached).toContain(name);
    const inline = resources(stack, IamRolePolicy).filter(({ role }) => String(role).includes("General"));
    expect(inline).toHaveLength(1);
    const statements = inline.flatMap((policy) => statementsOf(policy));
    expect(statements).toHaveLength(16 + 2);
    expect(graphOf(stack).needs("aws_eks_node_group", inline[0]?.address ?? "")).toBe(true);
  });

  test("depends on everything that nodes need until they are deleted: routes, NAT, add-ons, permissions", () => {
    const { stack } = groupWith();
    const graph = graphOf(stack);
    const attachments = graph.all("aws_iam_role_policy_attachment").filter((address) => !address.includes("coredns"));
    for (const needed of [
      "aws_eks_cluster",
      "aws_nat_gateway",
      "aws_internet_gateway",
      "aws_vpc_endpoint",
      "aws_launch_template",
      ...attachments,
      // Including those of public subnets: a NAT gateway has no egress without them.
      "aws_route",
      "aws_route_table_association",
      // Without its ACL a subnet falls back to the default ACL, which denies everything.
      "aws_network_acl",
    ])
      expect([needed, graph.needs("aws_eks_node_group", needed)]).toEqual([needed, true]);
    expect(graph.cycle).toBeUndefined();
  });

  test("is created between the add-ons that nodes require and those that require nodes", () => {
    const { stack } = groupWith();
    const graph = graphOf(stack);
    const addon = (name: string) =>
      resources(stack, EksAddon).find((resource) => resource["addon_name"] === name)?.address ?? name;
    for (const name of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"])
      expect(graph.needs("aws_eks_node_group", addon(name))).toBe(true);
    expect(graph.needs(addon("coredns"), "aws_eks_node_group")).toBe(true);
  });

  test("depends on every endpoint of its network", () => {
    const { stack, network, cluster } = eksStack(
      {},
      { gatewayEndpoints: [GatewayEndpoint.S3, GatewayEndpoint.DYNAMODB] },
    );
    network.addInterfaceEndpoint(InterfaceEndpoint.ECR_API, "private");
    cluster.addNodeGroup("General", { instanceTypes: ["m7g.large"], scaling: Scaling.fixed(2) });
    expect(graphOf(stack).all("aws_vpc_endpoint")).toHaveLength(3);
    expect(graphOf(stack).needs("aws_eks_node_group", "aws_vpc_endpoint")).toBe(true);
  });

  test("depends on a NAT instance with its address and security group rules", () => {
    const { stack } = groupWith({}, { nat: Nat.instance() });
    for (const needed of ["aws_instance", "aws_eip", "aws_vpc_security_group_ingress_rule"])
      expect([needed, graphOf(stack).needs("aws_eks_node_group", needed)]).toEqual([needed, true]);
  });

  test("joins an imported cluster in an imported network", () => {
    const { stack, cluster } = importedCluster();
    const network = Network.fromAttributes(stack, "Shared", {
      networkId: "vpc-1",
      cidr: "10.0.0.0/16",
      zones: Region.of("ap-northeast-2").zones("a", "b"),
      subnets: ["a", "b"].map((zone, n) => ({
        subnetId: `subnet-${zone}`,
        tier: "private",
        zone,
        cidr: `10.0.${n}.0/24`,
        routeTableId: "rtb-1",
      })),
    });
    new NodeGroup(stack, "More", { cluster, network, instanceTypes: ["t4g.medium"], scaling: Scaling.fixed(2) });
    expect(resource(stack, EksNodeGroup)).toMatchObject({ cluster_name: "demo", subnet_ids: ["subnet-a", "subnet-b"] });
  });

  test("rejects nodes of another minor version than their control plane", () => {
    expect(() => groupWith({ version: KubernetesVersion.V1_34 })).toViolate(EKS008, /1\.34, control plane of 1\.35/);
  });

  test("rejects a tier in one zone", () => {
    const { stack, cluster } = importedCluster();
    const network = new Network(stack, "Network", {
      cidr: Cidr.parse("10.0.0.0/16"),
      zones: Region.of("ap-northeast-2").zones("a"),
    });
    const props = { cluster, network, instanceTypes: ["m5.large"], scaling: Scaling.fixed(2) } as const;
    expect(() => new NodeGroup(stack, "Nodes", props)).toViolate(EKS005, /zone a only/);
  });

  test("rejects subnets that are too small for the maximum of nodes and pods, with the numbers", () => {
    const tiers = [Tier.public({ mask: 24 }), Tier.private({ mask: 26 })];
    expect(() => groupWith({ scaling: Scaling.between(2, 9) }, { tiers })).toViolate(
      EKS006,
      /has 59 addresses; 3 of 9 nodes m7g\.large with 29 pods each use 90 there/,
    );
    expect(() => groupWith({ scaling: Scaling.between(2, 3) }, { tiers })).not.toThrow();
  });

  test("rejects instance types of another architecture than the image", () => {
    expect(() => groupWith({ instanceTypes: ["m7g.large"], image: NodeImage.AL2023 })).toViolate(
      EKS007,
      /m7g\.large is arm64, image AL2023_x86_64_STANDARD is x86_64/,
    );
    expect(() => groupWith({ instanceTypes: ["m5.large", "m7g.large"] })).toViolate(EKS007, /m7g\.large/);
  });

  test("rejects a volume that is too small for the image", () => {
    expect(() => groupWith({ disk: Size.gibibytes(10) })).toViolate(EKS012, /10 GiB/);
  });

  test("rejects a name that is invalid for EKS", () => {
    expect(() => groupWith({ nodeGroupName: "node group" })).toViolate(NAM001);
  });

  test("reports all violations at once", () => {
    const wrong = { version: KubernetesVersion.V1_34, disk: Size.gibibytes(1) };
    for (const rule of [EKS008, EKS012]) expect(() => groupWith(wrong)).toViolate(rule);
  });
});

describe("Scaling", () => {
  test.each([
    () => Scaling.between(3, 2),
    () => Scaling.between(-1, 2),
    () => Scaling.between(1.5, 2),
    () => Scaling.between(0, 451),
    () => Scaling.between(1, 5, { desired: 6 }),
    () => Scaling.fixed(0),
  ])("rejects bounds that are invalid for EKS (%#)", (create) => {
    expect(create).toViolate(EKS011);
  });

  test("starts with the minimum unless a desired number is given", () => {
    expect([Scaling.between(2, 5).desired, Scaling.between(2, 5, { desired: 3 }).desired]).toEqual([2, 3]);
    expect(Scaling.between(0, 5).min).toBe(0);
  });
});
