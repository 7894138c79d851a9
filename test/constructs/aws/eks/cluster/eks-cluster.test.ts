import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { ADD001 } from "@groundwork/constructs/aws/eks/addons/rules";
import { AddonVersion } from "@groundwork/constructs/aws/eks/addons/managed/addon-version";
import { ClusterLogs } from "@groundwork/constructs/aws/eks/cluster/cluster-logs";
import { EksCluster } from "@groundwork/constructs/aws/eks/cluster/eks-cluster";
import { Endpoint } from "@groundwork/constructs/aws/eks/cluster/endpoint";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { EKS002, EKS004, EKS005, EKS013 } from "@groundwork/constructs/aws/eks/rules";
import { Scaling } from "@groundwork/constructs/aws/eks/nodes/scaling";
import { SecretsEncryption } from "@groundwork/constructs/aws/eks/cluster/secrets-encryption";
import { Support } from "@groundwork/constructs/aws/eks/cluster/support";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { NET010 } from "@groundwork/constructs/aws/network/rules";
import { AwsProviderVersion } from "@groundwork/constructs/aws/provider-version";
import { Region } from "@groundwork/constructs/aws/region";
import { AWS003 } from "@groundwork/constructs/aws/rules";
import { Duration } from "@groundwork/constructs/core/duration";
import { Peer } from "@groundwork/constructs/core/peer";
import { NAM001 } from "@groundwork/constructs/core/rules";
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

describe("Endpoint", () => {
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
