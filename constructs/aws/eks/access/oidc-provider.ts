import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { IEksCluster } from "../cluster/eks-cluster";

/** A cluster's service accounts as IAM sees them. */
export interface IOidcProvider {
  readonly providerArn: string;
  /** Address of the issuer without `https://`: the prefix of its condition keys. */
  readonly issuer: string;
}

export interface OidcProviderProps {
  readonly cluster: IEksCluster;
}

/**
 * Defines that IAM believes what a cluster says about its service accounts: what roles for service accounts (IRSA) need.
 * Pod Identity does without.
 *
 * Creates the identity provider. Free of charge.
 *
 * @example
 * const provider = new OidcProvider(this, "Oidc", { cluster });
 * new WorkloadIdentity(this, "Reports", { cluster, namespace: "reports", serviceAccount: "reader", binding: IdentityBinding.irsa(provider) });
 */
export class OidcProvider extends Construct implements IOidcProvider {
  /** The provider of a cluster that another stack has made. */
  static fromCluster(scope: Construct, id: string, cluster: IEksCluster): IOidcProvider {
    const found = new DataAwsIamOpenidConnectProvider(scope, id, { url: cluster.oidcIssuer });
    return { providerArn: found.arn, issuer: issuerOf(cluster) };
  }

  readonly providerArn: string;
  readonly issuer: string;

  constructor(scope: Construct, id: string, { cluster }: OidcProviderProps) {
    super(scope, id);
    // No thumbprint: IAM knows the authority that vouches for EKS's issuers.
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
