import { AutoscalingGroupTagA } from "@cdktf/provider-aws/lib/autoscaling-group-tag";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Disk } from "@groundwork/constructs/aws/compute/disk";
import { CMP005 } from "@groundwork/constructs/aws/compute/rules";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { labelViolations } from "@groundwork/constructs/aws/eks/nodes/label-checks";
import { NodeGroup, type NodeGroupProps } from "@groundwork/constructs/aws/eks/nodes/node-group";
import { NodeImage } from "@groundwork/constructs/aws/eks/nodes/node-image";
import { NodePolicy } from "@groundwork/constructs/aws/eks/nodes/node-policy";
import { Purchase } from "@groundwork/constructs/aws/compute/purchase";
import {
  EKS005,
  EKS006,
  EKS007,
  EKS008,
  EKS011,
  EKS012,
  EKS018,
  EKS019,
  EKS020,
  EKS022,
  EKS024,
  EKS026,
  EKS027,
  EKS030,
  EKS028,
} from "@groundwork/constructs/aws/eks/rules";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { NET010 } from "@groundwork/constructs/aws/network/rules";
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
import { Construct } from "constructs";
import * as fc from "fast-check";
import { eksStack, importedCluster } from "../../../../support/cluster";
import { resource, resources } from "../../../../support/fixture";
import { graphOf } from "../../../../support/graph";
import { statementsOf } from "../../../../support/policy";

/** A group after the first, which may have taints and no nodes. */
function secondGroupWith(props: Partial<NodeGroupProps>) {
  const stackWithCluster = eksStack();
  stackWithCluster.cluster.addNodeGroup("First", { instanceTypes: ["m7g.large"], scaling: Scaling.fixed(1) });
  stackWithCluster.cluster.addNodeGroup("General", {
    instanceTypes: ["m7g.large"],
    scaling: Scaling.between(2, 6),
    ...props,
  });
  const group = resources(stackWithCluster.stack, EksNodeGroup).find(({ address }) => address.includes("General"));
  return { ...stackWithCluster, group };
}

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

  test("ignores changes of the desired number of nodes where the autoscaler sets it, and rejects bounds that exclude it", () => {
    expect(resource(groupWith().stack, EksNodeGroup)).toMatchObject({
      scaling_config: { min_size: 2, desired_size: 2, max_size: 6 },
      lifecycle: {
        ignore_changes: ["scaling_config[0].desired_size"],
        postcondition: [
          {
            condition:
              "${self.scaling_config[0].min_size <= self.scaling_config[0].desired_size && " +
              "self.scaling_config[0].desired_size <= self.scaling_config[0].max_size}",
            error_message: expect.stringMatching(/^EKS028 at test\/Cluster\/General: .*Scaling\.manual/) as string,
          },
        ],
      },
    });
    expect(EKS028.requirement).toContain("between its bounds");
  });

  test.each([
    ["a fixed number", Scaling.fixed(4), { min_size: 4, desired_size: 4, max_size: 4 }],
    ["equal bounds", Scaling.between(4, 4), { min_size: 4, desired_size: 4, max_size: 4 }],
    ["manual scaling", Scaling.manual(3, 6, { desired: 4 }), { min_size: 3, desired_size: 4, max_size: 6 }],
  ])("sets the number of nodes at every apply with %s, and has no tags of the autoscaler", (_, scaling, expected) => {
    const { stack } = groupWith({ scaling });
    expect(resource(stack, EksNodeGroup)).toMatchObject({
      scaling_config: expected,
      lifecycle: { create_before_destroy: true },
    });
    expect(resource(stack, EksNodeGroup)["lifecycle"]).not.toHaveProperty("ignore_changes");
    expect(resource(stack, EksNodeGroup)["lifecycle"]).not.toHaveProperty("postcondition");
    expect(resources(stack, AutoscalingGroupTagA)).toEqual([]);
  });

  test.each([
    ["g5.xlarge", "AL2023_x86_64_NVIDIA"],
    ["p5.48xlarge", "AL2023_x86_64_NVIDIA"],
    ["p6-b200.48xlarge", "AL2023_x86_64_NVIDIA"],
    ["gr6.4xlarge", "AL2023_x86_64_NVIDIA"],
    ["g5g.xlarge", "AL2023_ARM_64_NVIDIA"],
    ["p6e-gb200.36xlarge", "AL2023_ARM_64_NVIDIA"],
    ["inf2.xlarge", "AL2023_x86_64_NEURON"],
    ["trn1.2xlarge", "AL2023_x86_64_NEURON"],
    ["g4ad.xlarge", "AL2023_x86_64_STANDARD"],
    ["m7g.large", "AL2023_ARM_64_STANDARD"],
    ["m7i-flex.large", "AL2023_x86_64_STANDARD"],
  ] as const)("runs the image for the accelerator of %s: %s", (type, amiType) => {
    const scaling = Scaling.fixed(1);
    expect(resource(groupWith({ instanceTypes: [type], scaling }).stack, EksNodeGroup)).toMatchObject({
      ami_type: amiType,
    });
  });

  test.each([
    [["g5.xlarge"], NodeImage.AL2023],
    [["g5.xlarge"], NodeImage.BOTTLEROCKET],
    [["m5.large"], NodeImage.AL2023_NVIDIA],
    [["g5.xlarge", "m5.large"], undefined],
    [["inf2.xlarge"], NodeImage.AL2023],
    [["inf2.xlarge", "g5.xlarge"], undefined],
    [["g5g.xlarge"], NodeImage.AL2023_ARM64],
  ] as const)("rejects %s with another accelerator than that of the image", (types, image) => {
    const instanceTypes: readonly [string, ...string[]] = [...types];
    const scaling = Scaling.fixed(1);
    expect(() => groupWith({ instanceTypes, scaling, ...(image && { image }) })).toViolate(EKS020);
  });

  test("runs Neuron instances on Bottlerocket, which contains their driver", () => {
    const props = { instanceTypes: ["inf2.xlarge"], image: NodeImage.BOTTLEROCKET, scaling: Scaling.fixed(1) } as const;
    expect(resource(groupWith(props).stack, EksNodeGroup)["ami_type"]).toBe("BOTTLEROCKET_x86_64");
  });

  test("sets IOPS, throughput and key of the volumes, which EC2 may then use for the account", () => {
    const { stack, cluster } = eksStack();
    const encryptionKey = new EncryptionKey(stack, "Key");
    cluster.addNodeGroup("General", {
      instanceTypes: ["m7g.large"],
      scaling: Scaling.fixed(2),
      disk: Disk.of(Size.gibibytes(200), { iops: 6_000, throughput: 500, encryptionKey }),
      maxUnavailable: 3,
    });
    const [mapping] = resource(stack, LaunchTemplate)["block_device_mappings"] as { ebs: object }[];
    expect(mapping?.ebs).toMatchObject({ volume_size: 200, iops: 6000, throughput: 500 });
    expect(JSON.stringify(mapping)).toContain("aws_kms_key.Key");
    expect(resource(stack, EksNodeGroup)["update_config"]).toEqual({ max_unavailable: 3 });
    const policies = JSON.stringify(resources(stack, KmsKey).map(({ policy }) => policy));
    expect(policies).toContain("kms:CreateGrant");
    expect(policies).toContain("kms:CallerAccount");
  });

  test("writes a launch template whose name and description fit, for any path", () => {
    const { stack, cluster } = eksStack();
    const id = `G${"x".repeat(119)}`;
    cluster.addNodeGroup(id, { instanceTypes: ["m7g.large"], scaling: Scaling.fixed(1) });
    const level = [1, 2, 3].reduce<Construct>((scope, n) => new Construct(scope, `${n}${"L".repeat(90)}`), cluster);
    new NodeGroup(level, "Deep", {
      cluster,
      network: new Network(stack, "Other", { cidr: Cidr.parse("10.9.0.0/16"), zones: Region.of("eu-west-1").zones(2) }),
      instanceTypes: ["m7g.large"],
      scaling: Scaling.fixed(1),
    });
    for (const template of resources(stack, LaunchTemplate)) {
      expect(String(template["name"]).length).toBeLessThanOrEqual(125);
      expect(String(template["description"]).length).toBeLessThanOrEqual(255);
    }
  });

  test("has a tag for each label and taint, also for keys that differ only in slash and hyphen", () => {
    const { stack } = secondGroupWith({
      labels: { "a/b": "1", "a-b": "2" },
      taints: [Taint.noSchedule("c/d"), Taint.noSchedule("c-d")],
    });
    const keys = resources(stack, AutoscalingGroupTagA).map(({ tag }) => (tag as { key: string }).key);
    expect(keys.filter((key) => key.includes("node-template"))).toHaveLength(4);
  });

  test("rejects nodes in a public tier, where EKS requires public addresses", () => {
    expect(() => groupWith({ tier: "public" })).toViolate(EKS019, /tier "public".*tier: "private"/);
    const tiers = [Tier.public({ name: "edge" }), Tier.private()];
    expect(() => groupWith({ tier: "edge" }, { tiers })).toViolate(EKS019, /"edge"/);
    expect(() => groupWith({ tier: "inner" }, { tiers: [Tier.public(), Tier.private({ name: "inner" })] })).toViolate(
      NET010,
    );
  });

  test.each([[[""]], [["m5"]], [["m5 .large"]], [["m5.large", "m5.large"]], [["M5.large"]]] as const)(
    "rejects the instance types %j",
    (types) => {
      const instanceTypes: readonly [string, ...string[]] = [...types];
      expect(() => groupWith({ instanceTypes })).toViolate(EKS022);
    },
  );

  test("rejects more than 20 instance types", () => {
    const many = Array.from({ length: 21 }, (_, n) => `m${n + 5}.large`);
    expect(() => groupWith({ instanceTypes: ["m4.large", ...many] })).toViolate(EKS022, /22 instance types/);
  });

  test("rejects a node policy twice", () => {
    const nodePolicies = [NodePolicy.EBS, NodePolicy.CLOUD_WATCH, NodePolicy.EBS];
    expect(() => groupWith({ nodePolicies })).toViolate(EKS024, /ebs twice/);
  });

  test.each([0, 101, 1.5, NaN])("rejects an update of %d nodes at the same time", (maxUnavailable) => {
    expect(() => groupWith({ maxUnavailable })).toViolate(EKS027);
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
    const { stack, group } = secondGroupWith({
      instanceTypes: ["c7g.large", "c6g.large"],
      image: NodeImage.BOTTLEROCKET_ARM64,
      purchase: Purchase.spot(),
      labels: { "team/name": "batch" },
      taints: [Taint.noSchedule("dedicated", "batch"), Taint.preferNoSchedule("slow"), Taint.noExecute("old")],
    });
    expect(group).toMatchObject({
      ami_type: "BOTTLEROCKET_ARM_64",
      capacity_type: "SPOT",
      labels: { "team/name": "batch" },
      taint: [
        { key: "dedicated", value: "batch", effect: "NO_SCHEDULE" },
        { key: "slow", value: "", effect: "PREFER_NO_SCHEDULE" },
        { key: "old", value: "", effect: "NO_EXECUTE" },
      ],
    });
    expect(JSON.stringify(resources(stack, LaunchTemplate))).toContain("/dev/xvdb");
  });

  test("tags its Auto Scaling group with cluster, labels and taints for the autoscaler", () => {
    const { stack } = secondGroupWith({
      labels: { "team/name": "batch" },
      taints: [Taint.noSchedule("dedicated", "gpu")],
    });
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
    const { stack } = groupWith({}, { nat: Nat.instance({ zone: "a" }) });
    for (const needed of ["aws_instance", "aws_eip", "aws_vpc_security_group_ingress_rule"])
      expect([needed, graphOf(stack).needs("aws_eks_node_group", needed)]).toEqual([needed, true]);
  });

  test("joins an imported cluster in an imported network", () => {
    const { stack, cluster } = importedCluster();
    const network = Network.fromAttributes(stack, "Shared", {
      networkId: "vpc-0123456789abcdef0",
      cidr: "10.0.0.0/16",
      zones: Region.of("ap-northeast-2").zones("a", "b"),
      subnets: ["a", "b"].map((zone, n) => ({
        subnetId: `subnet-0000000${zone}`,
        tier: "private",
        zone,
        cidr: `10.0.${n}.0/24`,
        routeTableId: "rtb-0123456789abcdef0",
      })),
    });
    new NodeGroup(stack, "More", { cluster, network, instanceTypes: ["t4g.medium"], scaling: Scaling.fixed(2) });
    expect(resource(stack, EksNodeGroup)).toMatchObject({
      cluster_name: "demo",
      subnet_ids: ["subnet-0000000a", "subnet-0000000b"],
    });
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

describe("labels and taints of nodes", () => {
  const rejectsLabel = (key: string, value = "x") =>
    expect(() => secondGroupWith({ labels: { [key]: value } })).toViolate(EKS018);

  test.each([
    "node-role.kubernetes.io/worker",
    "kubernetes.io/role",
    "x.kubernetes.io/role",
    "k8s.io/x",
    "sub.k8s.io/x",
    "eks.amazonaws.com/capacityType",
    "x.eks.amazonaws.com/y",
    "node-restriction.kubernetes.io/x",
    "",
    "/x",
    "a/b/c",
    "a b",
    "-a",
    "UPPER.example/x",
    `example.com/${"x".repeat(60)}`,
    "x".repeat(64),
  ])("rejects the label key %j", (key) => {
    rejectsLabel(key);
  });

  test.each(["a b", "", "-x", "x-", "x".repeat(64), "ä"])("rejects the label value %j", (value) => {
    rejectsLabel("team", value);
  });

  test.each([
    ["team", "a"],
    ["example.com/team", "A_b.c-d"],
    ["node.kubernetes.io/lifecycle", "spot"],
    ["kubelet.kubernetes.io/x", "1"],
    ["sub.node.kubernetes.io/x", "1"],
    ["topology.kubernetes.io/zone", "eu-west-1a"],
    ["mykubernetes.io/x", "1"],
    ["kubernetes.io.example.com/x", "1"],
    ["x".repeat(63), "y".repeat(63)],
  ])("accepts the label %s=%s", (key, value) => {
    expect(secondGroupWith({ labels: { [key]: value } }).group).toMatchObject({ labels: { [key]: value } });
  });

  test.each([
    [[Taint.noSchedule("")], /""|":/],
    [[Taint.noSchedule("x".repeat(64))], /taint/],
    [[Taint.noSchedule(`example.com/${"x".repeat(60)}`)], /taint/],
    [[Taint.noSchedule("a", "x".repeat(64))], /taint/],
    [[Taint.noSchedule("a", "b c")], /taint/],
    [[Taint.noSchedule("a", "1"), Taint.noSchedule("a", "2")], /twice/],
    [Array.from({ length: 51 }, (_, n) => Taint.noSchedule(`t${n}`)), /51 taints/],
  ])("rejects the taints %s", (taints, message) => {
    const scaling = Scaling.fixed(1);
    expect(() => secondGroupWith({ taints, scaling })).toViolate(EKS018, message);
  });

  test("accepts 50 taints, and one key with two effects", () => {
    const taints = Array.from({ length: 50 }, (_, n) => Taint.noSchedule(`t${n}`));
    expect(() => secondGroupWith({ taints, scaling: Scaling.fixed(1) })).not.toThrow();
    expect(() => secondGroupWith({ taints: [Taint.noSchedule("a"), Taint.noExecute("a")] })).not.toThrow();
  });

  test("rejects more labels and taints than tags of an Auto Scaling group", () => {
    const labels = Object.fromEntries(Array.from({ length: 43 }, (_, n) => [`l${n}`, "x"]));
    expect(() => secondGroupWith({ labels })).toViolate(EKS018, /43 labels/);
    expect(() => secondGroupWith({ labels, scaling: Scaling.fixed(1) })).not.toThrow();
  });

  test("a label is rejected exactly when Kubernetes rejects it or its prefix is reserved", () => {
    const part = fc.string({ unit: fc.constantFrom(..."aZ0-._"), minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(part, part, (name, value) => {
        const valid = (text: string) => /^[A-Za-z0-9]$|^[A-Za-z0-9][-._A-Za-z0-9]*[A-Za-z0-9]$/.test(text);
        const found = labelViolations("test", { labels: { [name]: value }, taints: [], isAutoscaled: false });
        expect(found.length === 0).toBe(valid(name) && valid(value));
      }),
    );
  });
});

describe("Disk", () => {
  test("rejects a disk of any type that is too small for a node or too fast for its instance type", () => {
    expect(() => groupWith({ disk: Disk.gp3({ size: Size.gibibytes(10) }) })).toViolate(EKS012, /10 GiB/);
    const io2 = Disk.io2({ size: Size.gibibytes(100), iops: 64_000 });
    expect(() => groupWith({ disk: io2, instanceTypes: ["m5.large"] })).toViolate(CMP005, /which has 18750 IOPS/);
    expect(() => groupWith({ disk: io2, instanceTypes: ["m5.24xlarge"] })).not.toThrow();
  });

  test.each([Purchase.spot({ maxHourlyPrice: 0.05 }), Purchase.spot({ interruption: "stop" })])(
    "rejects spot options that EKS does not have (%#)",
    (purchase) => {
      expect(() => groupWith({ purchase })).toViolate(EKS030, /Purchase\.spot\(\) without it/);
    },
  );

  test.each([() => Disk.of(Size.gibibytes(10)), () => Disk.of(Size.tebibytes(100))])(
    "rejects a size that EBS or the image does not support (%#)",
    (create) => {
      expect(create).toViolate(EKS012);
    },
  );

  test.each([
    { iops: 2_999 },
    { iops: 10_001 },
    { iops: 3_000.5 },
    { throughput: 124 },
    { throughput: 751 },
    { iops: NaN },
  ])("rejects %j on 20 GiB", (options) => {
    expect(() => Disk.of(Size.gibibytes(20), options)).toViolate(EKS026);
  });

  test("accepts the limits of gp3", () => {
    expect(Disk.of(Size.tebibytes(64), { iops: 80_000, throughput: 1_000 })).toMatchObject({ iops: 80_000 });
    expect(Disk.of(Size.gibibytes(20), { iops: 10_000, throughput: 1_000 })).toMatchObject({ throughput: 1_000 });
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
