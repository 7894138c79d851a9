import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { EksCluster, type EksClusterProps, type IEksCluster } from "@groundwork/constructs/aws/eks/cluster/eks-cluster";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { Network, type NetworkProps } from "@groundwork/constructs/aws/network/network";
import { Region } from "@groundwork/constructs/aws/region";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { DefaultTokenResolver, StringConcat, type TerraformStack, Tokenization } from "cdktf";
import { awsStack } from "./fixture";

const REGION = Region.of("ap-northeast-2");

/** A network with three zones in its own stack. */
export function networkStack(props: Partial<NetworkProps> = {}): { stack: TerraformStack; network: Network } {
  const stack = awsStack();
  const network = new Network(stack, "Network", {
    cidr: Cidr.parse("10.0.0.0/16"),
    zones: REGION.zones("a", "b", "c"),
    ...props,
  });
  return { stack, network };
}

/** A cluster of version 1.35 in such a network, in the same stack. */
export function eksStack(
  props: Partial<EksClusterProps> = {},
  networkProps: Partial<NetworkProps> = {},
): { stack: TerraformStack; network: Network; cluster: EksCluster } {
  const { stack, network } = networkStack(networkProps);
  const cluster = new EksCluster(stack, "Cluster", { network, version: KubernetesVersion.V1_35, ...props });
  return { stack, network, cluster };
}

/** A stack that imports a cluster `demo` by its name, as stacks with add-ons do. */
export function importedCluster(version = KubernetesVersion.V1_35): { stack: TerraformStack; cluster: IEksCluster } {
  const stack = awsStack();
  new HelmProvider(stack, "helm");
  const cluster = EksCluster.fromName(stack, "Cluster", { clusterName: "demo", version, region: REGION });
  return { stack, cluster };
}

/** The value of a token in the synthesized configuration. */
export function resolved(stack: TerraformStack, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope: stack, resolver, preparing: false });
}
