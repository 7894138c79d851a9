import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { IEksCluster } from "@groundwork/constructs/aws";
import { defined } from "@groundwork/constructs/core";
import { Fn, type TerraformStack } from "cdktf";
import type { Environment } from "../environments/environment";
import { localVariable } from "./local-variable";

/** Creates a stack's Helm provider for an existing cluster. */
export function createHelmProvider(
  stack: TerraformStack,
  environment: Environment,
  cluster: IEksCluster,
): HelmProvider {
  const { exec, ...connection } = connectionTo(stack, environment, cluster);
  return new HelmProvider(stack, "helm", { kubernetes: { ...connection, ...defined({ exec }) } });
}

/** Creates a stack's Kubernetes provider for an existing cluster. */
export function createKubernetesProvider(
  stack: TerraformStack,
  environment: Environment,
  cluster: IEksCluster,
): KubernetesProvider {
  const { exec, ...connection } = connectionTo(stack, environment, cluster);
  return new KubernetesProvider(stack, "kubernetes", {
    ...connection,
    ...defined({ exec: exec && [exec] }),
  });
}

/** How a provider connects to the API server. An EKS token is valid for 15 minutes, so each call requests a new one. */
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

/** The emulated cluster has no API server; variables point to the one that the local cloud starts. */
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
