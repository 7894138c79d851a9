import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { AccessEntry } from "@groundwork/constructs/aws/eks/access/access-entry";
import { WorkloadIdentity } from "@groundwork/constructs/aws/eks/access/workload-identity";
import { CertManager, CertManagerRelease } from "@groundwork/constructs/aws/eks/addons/cert-manager";
import { Addon } from "@groundwork/constructs/aws/eks/addons/managed/addon";
import { ManagedAddon } from "@groundwork/constructs/aws/eks/addons/managed/managed-addon";
import { ADD004 } from "@groundwork/constructs/aws/eks/addons/rules";
import type { EksCluster, IEksCluster } from "@groundwork/constructs/aws/eks/cluster/eks-cluster";
import { NodeGroup } from "@groundwork/constructs/aws/eks/nodes/node-group";
import { Scaling } from "@groundwork/constructs/aws/eks/nodes/scaling";
import { EKS009 } from "@groundwork/constructs/aws/eks/rules";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { Region } from "@groundwork/constructs/aws/region";
import { Construct } from "constructs";
import { eksStack } from "../../../../support/cluster";
import { awsStack, resources } from "../../../../support/fixture";
import { graphOf } from "../../../../support/graph";

const ROLE = "arn:aws:iam::111122223333:role/platform";

/** A cluster that a user describes with values of his own. */
class GivenCluster extends Construct implements IEksCluster {
  readonly clusterName = "given";
  readonly clusterArn = "arn:aws:eks:ap-northeast-2:111122223333:cluster/given";
  readonly version = KubernetesVersion.V1_35;
  readonly region = Region.of("ap-northeast-2");
  readonly networkId = "vpc-1";
  readonly endpoint = "https://given.example.com";
  readonly certificateAuthority = "Y2VydGlmaWNhdGU=";
  readonly oidcIssuer = "https://oidc.eks.ap-northeast-2.amazonaws.com/id/1";
  readonly securityGroupId = "sg-1";
  readonly isImported = true;
  readonly ready = [];
}

/** A cluster that a user wraps in a construct of his own. */
class WrappedCluster extends Construct implements IEksCluster {
  readonly clusterName;
  readonly clusterArn;
  readonly version;
  readonly region;
  readonly networkId;
  readonly endpoint;
  readonly certificateAuthority;
  readonly oidcIssuer;
  readonly securityGroupId;
  readonly isImported;

  constructor(
    scope: Construct,
    private readonly inner: EksCluster,
  ) {
    super(scope, "Wrapped");
    this.clusterName = inner.clusterName;
    this.clusterArn = inner.clusterArn;
    this.version = inner.version;
    this.region = inner.region;
    this.networkId = inner.networkId;
    this.endpoint = inner.endpoint;
    this.certificateAuthority = inner.certificateAuthority;
    this.oidcIssuer = inner.oidcIssuer;
    this.securityGroupId = inner.securityGroupId;
    this.isImported = inner.isImported;
  }

  get ready() {
    return this.inner.ready;
  }
}

describe("a cluster of a user's own class", () => {
  test("accepts access entries, identities and charts, which depend on the access", () => {
    const stack = awsStack();
    new HelmProvider(stack, "helm");
    const cluster = new GivenCluster(stack, "Given");
    new AccessEntry(stack, "Access", { cluster, principalArn: ROLE });
    new WorkloadIdentity(stack, "Reader", { cluster, namespace: "reports", serviceAccount: "reader" });
    new CertManager(stack, "CertManager", { cluster, release: CertManagerRelease.of("v1.21.2") });
    expect(graphOf(stack).needs("helm_release", "aws_eks_access_entry")).toBe(true);
    expect(() => new AccessEntry(stack, "Again", { cluster, principalArn: ROLE })).toViolate(EKS009, /platform/);
  });

  test("that wraps a created one has the resources of the created one", () => {
    const { stack, network, cluster } = eksStack();
    const wrapped = new WrappedCluster(stack, cluster);
    const instanceTypes = ["m7g.large", "m7g.xlarge"] as const;
    new NodeGroup(stack, "Nodes", { cluster: wrapped, network, instanceTypes, scaling: Scaling.between(2, 4) });
    new ManagedAddon(stack, "Coredns", { cluster: wrapped, addon: Addon.COREDNS });
    expect(graphOf(stack).touches("aws_eks_node_group", "aws_eks_addon")).toBe(true);
    expect(resources(stack, EksAddon).map((addon) => addon["addon_name"])).toContain("coredns");
    expect(cluster.ready).not.toEqual([]);
    expect(() => new ManagedAddon(stack, "Dns", { cluster: wrapped, addon: Addon.COREDNS })).toViolate(ADD004);
  });
});
