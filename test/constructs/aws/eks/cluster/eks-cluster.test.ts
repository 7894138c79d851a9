import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { ADD001 } from "@groundwork/constructs/aws/eks/addons/rules";
import { AddonVersion } from "@groundwork/constructs/aws/eks/addons/managed/addon-version";
import { ClusterLogs } from "@groundwork/constructs/aws/eks/cluster/cluster-logs";
import type {
  AddonToleration,
  CoreAddonConfiguration,
} from "@groundwork/constructs/aws/eks/addons/managed/core-addon-configuration";
import { EksCluster, type EksClusterProps } from "@groundwork/constructs/aws/eks/cluster/eks-cluster";
import { Endpoint } from "@groundwork/constructs/aws/eks/cluster/endpoint";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { EKS002, EKS004, EKS005, EKS013, EKS021, EKS023, EKS025, EKS029 } from "@groundwork/constructs/aws/eks/rules";
import type { NodeGroupProps } from "@groundwork/constructs/aws/eks/nodes/node-group";
import { Scaling } from "@groundwork/constructs/aws/eks/nodes/scaling";
import { Taint } from "@groundwork/constructs/aws/eks/nodes/taint";
import { SecretsEncryption } from "@groundwork/constructs/aws/eks/cluster/secrets-encryption";
import { Support } from "@groundwork/constructs/aws/eks/cluster/support";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { Network } from "@groundwork/constructs/aws/network/network";
import { NET010 } from "@groundwork/constructs/aws/network/rules";
import { AwsProviderVersion } from "@groundwork/constructs/aws/provider-version";
import { Region } from "@groundwork/constructs/aws/region";
import { AWS003, AWS004 } from "@groundwork/constructs/aws/rules";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Duration } from "@groundwork/constructs/core/duration";
import { Peer } from "@groundwork/constructs/core/peer";
import { NAM001, NAM002 } from "@groundwork/constructs/core/rules";
import { eksStack, importedCluster, networkStack, resolved } from "../../../../support/cluster";
import { awsStack, resource, resources, synthesized } from "../../../../support/fixture";
import { graphOf } from "../../../../support/graph";
import { webService } from "../../../../support/kubernetes";
import { statementsOf } from "../../../../support/policy";

const NODES = { instanceTypes: ["m7g.large"], scaling: Scaling.between(2, 6) } as const;

describe("EksCluster", () => {
  test("is reachable only from its network, authenticates only by access entries, and grants its creator no access", () => {
    expect(resource(eksStack().stack, EksClusterResource)).toMatchObject({
      name: "test-cluster",
      version: "1.35",
      access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
      bootstrap_self_managed_addons: false,
      vpc_config: { endpoint_private_access: true, endpoint_public_access: false },
      upgrade_policy: { support_type: "EXTENDED" },
    });
  });

  test("writes five log types into its own log group, which is created before it", () => {
    const { stack } = eksStack({ clusterName: "demo" });
    expect(resource(stack, EksClusterResource)["enabled_cluster_log_types"]).toEqual([
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
    const groups = resources(stack, CloudwatchLogGroup).filter(({ name }) => name === "/aws/eks/demo/cluster");
    expect(groups).toMatchObject([{ retention_in_days: 365 }]);
    expect(graphOf(stack).needs("aws_eks_cluster", groups[0]?.address ?? "")).toBe(true);
  });

  test("stores logs with the given retention and key", () => {
    const { stack, network } = networkStack();
    const encryptionKey = new EncryptionKey(stack, "Key");
    new EksCluster(stack, "Cluster", {
      network,
      version: KubernetesVersion.V1_35,
      clusterName: "demo",
      secretsEncryption: SecretsEncryption.with(encryptionKey),
      logs: ClusterLogs.kept({ retention: Duration.days(30), encryptionKey }),
    });
    const group = resources(stack, CloudwatchLogGroup).find(({ name }) => name === "/aws/eks/demo/cluster");
    expect(group).toMatchObject({ retention_in_days: 30, kms_key_id: resolved(stack, encryptionKey.keyArn) });
    expect(JSON.stringify(statementsOf(resource(stack, KmsKey)))).toContain("log-group:/aws/eks/demo/cluster");
  });

  test("leaves the log group to EKS on request", () => {
    const { stack } = eksStack({ logs: ClusterLogs.inGroupOfEks() });
    expect(resources(stack, CloudwatchLogGroup).filter(({ name }) => String(name).includes("/eks/"))).toEqual([]);
  });

  test("encrypts secrets with its own key by default, or with the key owned by AWS", () => {
    const own = eksStack().stack;
    expect(resource(own, EksClusterResource)["encryption_config"]).toEqual({
      provider: { key_arn: `\${${resource(own, KmsKey).address}.arn}` },
      resources: ["secrets"],
    });
    const aws = eksStack({ secretsEncryption: SecretsEncryption.keyOfAws() }).stack;
    expect(resource(aws, EksClusterResource)).not.toHaveProperty("encryption_config");
    expect(resources(aws, KmsKey)).toEqual([]);
  });

  test("is public for an allowlist, or for the whole internet on explicit request", () => {
    const office = Endpoint.privateAnd(Peer.ipv4("203.0.113.0/24"), Peer.ipv4("198.51.100.7/32"));
    expect(resource(eksStack({ endpoint: office }).stack, EksClusterResource)["vpc_config"]).toMatchObject({
      endpoint_private_access: true,
      endpoint_public_access: true,
      public_access_cidrs: ["203.0.113.0/24", "198.51.100.7/32"],
    });
    const open = eksStack({ endpoint: Endpoint.openToTheWorld() }).stack;
    expect(resource(open, EksClusterResource)["vpc_config"]).toMatchObject({ public_access_cidrs: ["0.0.0.0/0"] });
  });

  test("depends on its role and on route table associations, but on no NAT gateway, internet gateway or route", () => {
    const graph = graphOf(eksStack().stack);
    for (const needed of ["aws_iam_role_policy_attachment", "aws_route_table_association"])
      expect(graph.touches("aws_eks_cluster", needed)).toBe(true);
    for (const slow of ["aws_nat_gateway", "aws_eip", "aws_internet_gateway", "aws_route", "aws_vpc_endpoint"])
      expect(graph.touches("aws_eks_cluster", slow)).toBe(false);
  });

  test("has the add-ons that nodes require immediately, and coredns with the first node group", () => {
    const { stack, cluster } = eksStack();
    const names = () => resources(stack, EksAddon).map((addon) => addon["addon_name"]);
    expect(names().sort()).toEqual(["eks-pod-identity-agent", "kube-proxy", "vpc-cni"]);
    cluster.addNodeGroup("General", NODES);
    cluster.addNodeGroup("More", NODES);
    expect(names().sort()).toEqual(["coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"]);
  });

  test("uses the EKS default versions of add-ons, or pinned ones", () => {
    const { stack } = eksStack({ addonVersions: { "vpc-cni": AddonVersion.pinned("v1.20.4-eksbuild.2") } });
    const versions = Object.fromEntries(
      resources(stack, EksAddon).map((addon) => [addon["addon_name"], addon["addon_version"]]),
    ) as Record<string, string>;
    expect(versions["vpc-cni"]).toBe("v1.20.4-eksbuild.2");
    expect(versions["kube-proxy"]).toMatch(/^\$\{data\.aws_eks_addon_version\./);
    expect(resources(stack, DataAwsEksAddonVersion)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ addon_name: "kube-proxy", kubernetes_version: "1.35", most_recent: false }),
      ]),
    );
  });

  test("keeps the addresses of existing resources when more are added", () => {
    const before = eksStack();
    before.cluster.addNodeGroup("General", NODES);
    const after = eksStack();
    after.cluster.addAccess("Platform", { principalArn: "arn:aws:iam::111122223333:role/platform" });
    after.cluster.addNodeGroup("Batch", NODES);
    after.cluster.addNodeGroup("General", NODES);
    const addresses = ({ stack }: typeof before) =>
      graphOf(stack).all("aws_eks_node_group").concat(graphOf(stack).all("aws_eks_addon"));
    expect(addresses(after)).toEqual(expect.arrayContaining([...addresses(before)]));
  });

  test("supports deletion protection with a provider that has the argument", () => {
    const { stack } = eksStack({ deletionProtection: true });
    expect(() => synthesized(stack)).toViolate(AWS003, /deletionProtection needs AWS provider 6\.9/);
    AwsProviderVersion.require(stack, ">= 6.9.0, < 7.0.0");
    expect(resource(stack, EksClusterResource)["deletion_protection"]).toBe(true);
  });

  test("imports a cluster by its name and requires the given version", () => {
    const { stack, cluster } = importedCluster();
    expect(resource(stack, DataAwsEksCluster)).toMatchObject({
      name: "demo",
      lifecycle: { postcondition: [{ condition: '${self.version == "1.35"}' }] },
    });
    expect([cluster.clusterName, cluster.isImported, cluster.region.name]).toEqual(["demo", true, "ap-northeast-2"]);
    expect(resolved(stack, cluster.networkId)).toMatch(/vpc_config\[0\]\.vpc_id/);
  });

  test("accepts a version in extended support and rejects it afterwards", () => {
    expect(() => eksStack({ version: KubernetesVersion.V1_33, today: "2027-08-01" })).toViolate(
      EKS002,
      /test\/Cluster/,
    );
    expect(() => eksStack({ version: KubernetesVersion.V1_33, today: "2027-07-01" })).not.toThrow();
  });

  test("rejects Kubernetes objects in the stack that creates it", () => {
    const { stack } = eksStack();
    webService(stack);
    expect(() => synthesized(stack)).toViolate(ADD001, /test\/Web\/Deployment.*EksCluster\.fromName/s);
  });

  test("rejects standardOnly() for a version in extended support", () => {
    const props = { version: KubernetesVersion.V1_33, support: Support.standardOnly() };
    expect(() => eksStack({ ...props, today: "2026-08-01" })).toViolate(EKS013, /Support\.extended\(\)/);
    const { stack } = eksStack({ ...props, today: "2026-07-01" });
    expect(resource(stack, EksClusterResource)["upgrade_policy"]).toEqual({ support_type: "STANDARD" });
  });

  test("rejects a network in one zone", () => {
    expect(() => eksStack({}, { zones: Region.of("ap-northeast-2").zones("a") })).toViolate(EKS005, /zone a/);
  });

  test("rejects a tier that the network does not have", () => {
    expect(() => eksStack({ tier: "data" })).toViolate(NET010);
  });

  test.each(["-demo", "demo cluster", "x".repeat(101)])("rejects the name %s", (clusterName) => {
    expect(() => eksStack({ clusterName })).toViolate(NAM001);
    expect(() =>
      EksCluster.fromName(awsStack(), "C", {
        clusterName,
        version: KubernetesVersion.V1_35,
        region: Region.of("us-west-2"),
      }),
    ).toViolate(NAM001);
  });
});

describe("the first node group", () => {
  const withFirst = (props: Partial<NodeGroupProps>, clusterProps: Partial<EksClusterProps> = {}) =>
    eksStack(clusterProps).cluster.addNodeGroup("First", { ...NODES, ...props });

  test.each([
    [{ taints: [Taint.noSchedule("dedicated", "gpu")] }, /"First" with taint dedicated=gpu:NoSchedule/],
    [{ taints: [Taint.preferNoSchedule("a"), Taint.noExecute("b")] }, /with taint b:NoExecute/],
    [{ scaling: Scaling.between(0, 3) }, /without a node/],
    [{ scaling: Scaling.manual(0, 3) }, /without a node/],
  ])("rejects %j, on which CoreDNS cannot run", (props, message) => {
    expect(() => withFirst(props)).toViolate(EKS021, message);
  });

  test("accepts taints that CoreDNS tolerates, by itself or by its configuration", () => {
    expect(() => withFirst({ taints: [Taint.noSchedule("CriticalAddonsOnly", "true")] })).not.toThrow();
    expect(() => withFirst({ taints: [Taint.preferNoSchedule("slow")] })).not.toThrow();
    expect(() => withFirst({ scaling: Scaling.between(0, 3, { desired: 1 }) })).not.toThrow();
    const taints = [Taint.noSchedule("dedicated", "system")];
    const tolerating = (toleration: AddonToleration) => () =>
      withFirst({ taints }, { addonConfiguration: { coredns: { tolerations: [toleration] } } });
    expect(tolerating({ key: "dedicated", value: "system", effect: "NoSchedule" })).not.toThrow();
    expect(tolerating({})).not.toThrow();
    expect(tolerating({ key: "dedicated", value: "other" })).toViolate(EKS021);
    expect(tolerating({ key: "dedicated", effect: "NoExecute" })).toViolate(EKS021);
  });

  test("is the only one with these requirements", () => {
    const { cluster } = eksStack();
    cluster.addNodeGroup("First", NODES);
    expect(() =>
      cluster.addNodeGroup("Batch", {
        ...NODES,
        scaling: Scaling.between(0, 3),
        taints: [Taint.noSchedule("dedicated", "batch")],
      }),
    ).not.toThrow();
  });
});

describe("ids of node groups and access entries", () => {
  const RESERVED = [
    "coredns",
    "vpc-cni",
    "kube-proxy",
    "eks-pod-identity-agent",
    "Role",
    "Resource",
    "LogGroup",
    "SecretsKey",
  ];
  const principalArn = "arn:aws:iam::111122223333:role/platform";

  test.each([...RESERVED, "Default", "", "a/b"])("rejects the id %j", (id) => {
    expect(() => eksStack().cluster.addNodeGroup(id, NODES)).toViolate(EKS023);
    expect(() => eksStack().cluster.addAccess(id, { principalArn })).toViolate(EKS023);
  });

  test("rejects an id twice, also for different things", () => {
    const { cluster } = eksStack();
    cluster.addAccess("Platform", { principalArn });
    expect(() => cluster.addNodeGroup("Platform", NODES)).toViolate(EKS023, /"Platform" twice/);
  });

  test("reserves the id of every construct that a cluster with all options creates", () => {
    const { cluster } = eksStack();
    cluster.addNodeGroup("General", NODES);
    const children = cluster.node.children.map(({ node }) => node.id).filter((id) => id !== "General");
    expect([...children].sort()).toEqual([...RESERVED].sort());
  });
});

describe("zones of the control plane", () => {
  const zonesOf = (props: Partial<EksClusterProps>, region: string, letters: [string, ...string[]]) => {
    const stack = awsStack(region);
    const zones = Region.of(region).zones(...letters);
    const network = new Network(stack, "Network", { cidr: Cidr.parse("10.0.0.0/16"), zones });
    new EksCluster(stack, "Cluster", { network, version: KubernetesVersion.V1_35, ...props });
    const config = resource(stack, EksClusterResource)["vpc_config"] as { subnet_ids: string[] };
    return config.subnet_ids.map((id) => /private_([a-f])_/.exec(id)?.[1]);
  };

  test("are all zones of the network", () => {
    expect(zonesOf({}, "eu-west-1", ["a", "b", "c"])).toEqual(["a", "b", "c"]);
  });

  test("are never us-east-1e, which has no control planes", () => {
    expect(zonesOf({}, "us-east-1", ["a", "b", "e"])).toEqual(["a", "b"]);
    expect(() => zonesOf({}, "us-east-1", ["a", "e"])).toViolate(EKS005);
  });

  test("can be given", () => {
    expect(zonesOf({ zones: ["a", "c"] }, "eu-west-1", ["a", "b", "c"])).toEqual(["a", "c"]);
  });

  test.each([[["a", "e"]], [["a", "f"]], [["a", "a"]]])("rejects %j in us-east-1 with a, b and e", (zones) => {
    expect(() => zonesOf({ zones }, "us-east-1", ["a", "b", "e"])).toViolate(EKS025, /a, b/);
  });

  test.each([[["a"]], [[]]])("rejects fewer than two zones: %j", (zones) => {
    expect(() => zonesOf({ zones }, "eu-west-1", ["a", "b"])).toViolate(EKS005);
  });
});

describe("configuration of the core add-ons", () => {
  const configured = (addonConfiguration: CoreAddonConfiguration) => {
    const { stack, cluster } = eksStack({ addonConfiguration });
    cluster.addNodeGroup("General", NODES);
    return Object.fromEntries(
      resources(stack, EksAddon).map((addon) => [
        addon["addon_name"],
        addon["configuration_values"] === undefined ? undefined : JSON.parse(String(addon["configuration_values"])),
      ]),
    ) as Record<string, unknown>;
  };

  test("is that of the add-ons unless it is given", () => {
    expect(configured({})).toEqual({
      "vpc-cni": undefined,
      "kube-proxy": undefined,
      "eks-pod-identity-agent": undefined,
      coredns: undefined,
    });
  });

  test("has typed options, and all values of the schemas", () => {
    expect(
      configured({
        "vpc-cni": {
          prefixDelegation: true,
          networkPolicies: true,
          environment: { AWS_VPC_K8S_CNI_EXTERNALSNAT: "true" },
          values: { env: { WARM_ENI_TARGET: "1" }, nodeAgent: { healthProbeBindAddr: "8163" } },
        },
        coredns: { replicas: 3, tolerations: [{ key: "dedicated", value: "system" }] },
        "kube-proxy": { mode: "ipvs", values: { ipvs: { scheduler: "rr" } } },
        "eks-pod-identity-agent": { values: { agent: { additionalArgs: { "-v": "2" } } } },
      }),
    ).toEqual({
      "vpc-cni": {
        enableNetworkPolicy: "true",
        env: {
          ENABLE_PREFIX_DELEGATION: "true",
          WARM_PREFIX_TARGET: "1",
          AWS_VPC_K8S_CNI_EXTERNALSNAT: "true",
          WARM_ENI_TARGET: "1",
        },
        nodeAgent: { healthProbeBindAddr: "8163" },
      },
      coredns: {
        replicaCount: 3,
        tolerations: [
          { key: "CriticalAddonsOnly", operator: "Exists" },
          { key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" },
          { key: "dedicated", value: "system", operator: "Equal" },
        ],
      },
      "kube-proxy": { mode: "ipvs", ipvs: { scheduler: "rr" } },
      "eks-pod-identity-agent": { agent: { additionalArgs: { "-v": "2" } } },
    });
  });

  test("scales CoreDNS between bounds", () => {
    expect(configured({ coredns: { replicas: { min: 2, max: 10 } } })["coredns"]).toEqual({
      autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 10 },
    });
  });

  test.each([
    { coredns: { replicas: 0 } },
    { coredns: { replicas: 1.5 } },
    { coredns: { replicas: NaN } },
    { coredns: { replicas: { min: 3, max: 2 } } },
    { "vpc-cni": { warmAddresses: -1 } },
    { "vpc-cni": { warmPrefixes: 0 } },
  ] as const)("rejects %j", (addonConfiguration) => {
    expect(() => configured(addonConfiguration)).toViolate(EKS029);
  });
});

describe("retention of control plane logs", () => {
  test.each([2, 45, 100, 366, 3654])("rejects %d days, which CloudWatch Logs does not offer", (days) => {
    expect(() => eksStack({ logs: ClusterLogs.kept({ retention: Duration.days(days) }) })).toViolate(AWS004);
  });
});

describe("names of clusters", () => {
  test("are rejected twice in a stack", () => {
    const { stack, network } = eksStack({ clusterName: "demo" });
    const props = { network, version: KubernetesVersion.V1_35, clusterName: "demo" };
    expect(() => new EksCluster(stack, "Second", props)).toViolate(NAM002, /demo/);
  });
});

describe("Endpoint", () => {
  test.each([
    "10.0.0.0/8",
    "10.1.2.0/24",
    "172.16.0.0/12",
    "172.31.255.0/24",
    "192.168.1.0/24",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "224.0.0.0/8",
    "240.0.0.0/8",
    "0.0.0.0/8",
    "172.0.0.0/8",
  ])("rejects the private or reserved block %s as a public source", (block) => {
    expect(() => Endpoint.privateAnd(Peer.ipv4(block))).toViolate(EKS004, /public IPv4 blocks/);
  });

  test.each(["203.0.113.0/24", "8.0.0.0/8", "172.32.0.0/16", "100.128.0.0/16", "11.0.0.0/8"])("accepts %s", (block) => {
    expect(Endpoint.privateAnd(Peer.ipv4(block)).publicBlocks).toEqual([block]);
  });

  test.each([
    [Peer.anyIpv4()],
    [Peer.ipv4("128.0.0.0/1")],
    [Peer.anyIpv6()],
    [Peer.group("sg-1")],
    [Peer.ipv6("2001:db8::/32")],
  ])("rejects public access from %s", (peer) => {
    expect(() => Endpoint.privateAnd(peer)).toViolate(EKS004, /Endpoint\.openToTheWorld\(\)/);
  });

  test("rejects more blocks than EKS allows", () => {
    const [first, ...rest] = Array.from({ length: 41 }, (_, n) => Peer.ipv4(`203.0.113.${n}/32`));
    expect(() => Endpoint.privateAnd(first ?? Peer.anyIpv4(), ...rest)).toViolate(EKS004, /41 blocks/);
  });
});
