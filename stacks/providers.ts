import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamSessionContext } from "@cdktf/provider-aws/lib/data-aws-iam-session-context";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { AwsProviderConfig, AwsProviderEndpoints } from "@cdktf/provider-aws/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { IEksCluster } from "@groundwork/constructs/aws/eks/eks-cluster";
import { AwsProviderVersion } from "@groundwork/constructs/aws/provider-version";
import type { Region } from "@groundwork/constructs/aws/region";
import type { TerraformStack } from "cdktf";
import { Fn, TerraformVariable } from "cdktf";
import type { Environment } from "./environments/environment";

export type { AwsProvider };

/**
 * Every service the stacks call. A service that is missing here would be called on AWS itself even by `local`; a test
 * compares the list with the resource types in use.
 */
export const LOCAL_SERVICES = [
  "acm",
  "autoscaling",
  "cloudfront",
  "cloudwatch",
  "ec2",
  "ecr",
  "eks",
  "elbv2",
  "iam",
  "kms",
  "logs",
  "route53",
  "s3",
  "s3Control",
  "ssm",
  "sts",
] as const satisfies readonly (keyof AwsProviderEndpoints)[];

/**
 * Makes a stack's AWS provider. The only place that makes one.
 *
 * Ten retries outlast a burst of throttling or of server errors and still end within minutes when a call can never
 * succeed. Every taggable resource carries environment and stack: by these tags `npm run orphans` finds what Terraform
 * has lost.
 */
export function makeAwsProvider(
  stack: TerraformStack,
  environment: Environment,
  region: Region,
  alias?: string,
): AwsProvider {
  const { account, cloud, providerVersion } = environment.aws;
  AwsProviderVersion.require(stack, providerVersion);
  return new AwsProvider(stack, alias ?? "aws", {
    region: region.name,
    ...(alias === undefined ? {} : { alias }),
    maxRetries: 10,
    defaultTags: [{ tags: { Environment: environment.name, Stack: stack.node.id, ManagedBy: "groundwork" } }],
    ...(account === "caller" ? {} : { allowedAccountIds: [account] }),
    ...(cloud === "local" ? emulated(stack) : {}),
  });
}

/** Number of the account the stack is deployed to: as the file pins it, else of whoever deploys. */
export function accountOf(stack: TerraformStack, environment: Environment): string {
  const { account } = environment.aws;
  return account === "caller" ? new DataAwsCallerIdentity(stack, "Caller").accountId : account;
}

/** Role or user that deploys: of a session, the role behind it. Somebody else's deployment would be another answer. */
export function callerPrincipalOf(stack: TerraformStack): string {
  const caller = new DataAwsCallerIdentity(stack, "Deployer");
  return new DataAwsIamSessionContext(stack, "DeployerRole", { arn: caller.arn }).issuerArn;
}

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
    host: localVariable(stack, "host", { description: "address of the local API server" }),
    clusterCaCertificate: localVariable(stack, "ca", { description: "its authority's certificate, PEM" }),
    token: localVariable(stack, "token", { description: "login of the local API server", sensitive: true }),
  };
}

function localVariable(
  stack: TerraformStack,
  noun: string,
  config: { readonly description: string; readonly sensitive?: boolean },
): string {
  const id = `local_kubernetes_${noun}`;
  const existing = stack.node.tryFindChild(id) as TerraformVariable | undefined;
  return (existing ?? new TerraformVariable(stack, id, { type: "string", default: "", ...config })).stringValue;
}

/** Settings that lead to the emulators of `npm run local` and to nothing else. The credentials are words, not secrets. */
function emulated(stack: TerraformStack): Partial<AwsProviderConfig> {
  const endpoint = localEndpoint(stack);
  return {
    accessKey: "test",
    secretKey: "test",
    skipCredentialsValidation: true,
    skipMetadataApiCheck: "true",
    skipRegionValidation: true,
    s3UsePathStyle: true,
    endpoints: [Object.fromEntries(LOCAL_SERVICES.map((service) => [service, endpoint]))],
  };
}

/** Address of the local cloud: a variable, so that tests can run clouds of their own side by side. */
function localEndpoint(stack: TerraformStack): string {
  const existing = stack.node.tryFindChild("local_endpoint") as TerraformVariable | undefined;
  const variable =
    existing ??
    new TerraformVariable(stack, "local_endpoint", {
      type: "string",
      default: "http://127.0.0.1:4566",
      description: "address of the local cloud",
    });
  return variable.stringValue;
}
