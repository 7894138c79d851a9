import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { checkStack } from "../../../core/name-claims";
import type { IEksCluster } from "../cluster/eks-cluster";

/** IAM's OIDC provider for the service accounts of a cluster. */
export interface IOidcProvider {
  /** ARN of the provider. */
  readonly providerArn: string;
  /** URL of the issuer without `https://`: the prefix of its condition keys. */
  readonly issuer: string;
}

/** Properties of {@link OidcProvider}. */
export interface OidcProviderProps {
  /** Cluster whose service account tokens IAM accepts. */
  readonly cluster: IEksCluster;
}

/**
 * Defines the IAM OIDC provider of a cluster, which IAM roles for service accounts (IRSA) require. Pod Identity does not need it.
 *
 * Creates the identity provider. Free of charge.
 *
 * @example
 * const provider = new OidcProvider(this, "Oidc", { cluster });
 * new WorkloadIdentity(this, "Reports", { cluster, namespace: "reports", serviceAccount: "reader", binding: IdentityBinding.irsa(provider) });
 */
export class OidcProvider extends Construct implements IOidcProvider {
  /** The existing provider of a cluster, created by another stack. */
  static fromCluster(scope: Construct, id: string, cluster: IEksCluster): IOidcProvider {
    checkStack(scope);
    const found = new DataAwsIamOpenidConnectProvider(scope, id, { url: cluster.oidcIssuer });
    return { providerArn: found.arn, issuer: issuerOf(cluster) };
  }

  /** ARN of the provider. */
  readonly providerArn: string;
  readonly issuer: string;

  constructor(scope: Construct, id: string, { cluster }: OidcProviderProps) {
    super(scope, id);
    checkStack(this);
    // No thumbprint: IAM trusts the certificate authority of EKS issuers.
    const provider = new IamOpenidConnectProvider(this, "Resource", {
      url: cluster.oidcIssuer,
      clientIdList: ["sts.amazonaws.com"],
    });
    this.node.defaultChild = provider;
    this.providerArn = provider.arn;
    this.issuer = issuerOf(cluster);
  }
}

function issuerOf(cluster: IEksCluster): string {
  return Fn.trimprefix(cluster.oidcIssuer, "https://");
}
