import type { IEksCluster } from "@groundwork/constructs/aws/eks/eks-cluster";
import { IdentityBinding } from "@groundwork/constructs/aws/eks/identity-binding";
import { OidcProvider } from "@groundwork/constructs/aws/eks/oidc-provider";
import type { TerraformStack } from "cdktf";
import type { Environment } from "./environments/environment";

/** Makes a cluster's issuer known to IAM, where pods come to roles by it. */
export function makeIssuerKnown(stack: TerraformStack, { eks }: Environment, cluster: IEksCluster): void {
  if (eks.identities === "irsa") new OidcProvider(stack, "Oidc", { cluster });
}

/** How pods come to roles, in a stack that comes after the cluster's. */
export function findIdentityBinding(
  stack: TerraformStack,
  { eks }: Environment,
  cluster: IEksCluster,
): IdentityBinding {
  if (eks.identities === "pod-identity") return IdentityBinding.podIdentity();
  return IdentityBinding.irsa(OidcProvider.fromCluster(stack, "Oidc", cluster));
}
