import { IdentityBinding, type IEksCluster, OidcProvider } from "@groundwork/constructs/aws";
import type { TerraformStack } from "cdktf";
import type { EksSettings } from "./environments/environment";

/** Registers a cluster's OIDC issuer with IAM, where pods assume roles through it. */
export function createOidcProvider(stack: TerraformStack, eks: EksSettings, cluster: IEksCluster): void {
  if (eks.identities === "irsa") new OidcProvider(stack, "Oidc", { cluster });
}

/** How pods assume roles, in a stack that depends on the cluster's. */
export function findIdentityBinding(stack: TerraformStack, eks: EksSettings, cluster: IEksCluster): IdentityBinding {
  if (eks.identities === "pod-identity") return IdentityBinding.podIdentity();
  return IdentityBinding.irsa(OidcProvider.fromCluster(stack, "Oidc", cluster));
}
