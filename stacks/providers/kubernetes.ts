import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { IEksCluster } from "@groundwork/constructs/aws/eks/eks-cluster";
import type { TerraformStack } from "cdktf";
import { Fn } from "cdktf";
import type { Environment } from "../environments/environment";
import { localVariable } from "./local-variable";

/** Makes a stack's Helm provider, for a cluster that stands already. */
export function makeHelmProvider(stack: TerraformStack, environment: Environment, cluster: IEksCluster): HelmProvider {
  const { exec, ...connection } = connectionTo(stack, environment, cluster);
  return new HelmProvider(stack, "helm", { kubernetes: { ...connection, ...(exec === undefined ? {} : { exec }) } });
}

/** Makes a stack's Kubernetes provider, likewise. */
export function makeKubernetesProvider(
  stack: TerraformStack,
  environment: Environment,
  cluster: IEksCluster,
): KubernetesProvider {
  const { exec, ...connection } = connectionTo(stack, environment, cluster);
  return new KubernetesProvider(stack, "kubernetes", {
    ...connection,
    ...(exec === undefined ? {} : { exec: [exec] }),
  });
}

/** How a provider reaches the API server. A login of EKS lasts a quarter of an hour, so each call asks for a new one. */
interface Connection {
  readonly host: string;
  readonly clusterCaCertificate: string;
  readonly token?: string;
  readonly exec?: { readonly apiVersion: string; readonly command: string; readonly args: string[] };
}

function connectionTo(stack: TerraformStack, environment: Environment, cluster: IEksCluster): Connection {
  if (environment.aws.cloud === "local") return localConnection(stack);
  return {
    host: cluster.endpoint,
    clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority),
    exec: {
      apiVersion: "client.authentication.k8s.io/v1",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", cluster.clusterName, "--region", cluster.region.name],
    },
  };
}

/** The emulated cluster has no API server; the one that the local cloud starts beside it is told by variables. */
function localConnection(stack: TerraformStack): Connection {
  return {
    host: localVariable(stack, "local_kubernetes_host", { description: "address of the local API server" }),
    clusterCaCertificate: localVariable(stack, "local_kubernetes_ca", {
      description: "its authority's certificate, PEM",
    }),
    token: localVariable(stack, "local_kubernetes_token", {
      description: "login of the local API server",
      sensitive: true,
    }),
  };
}
