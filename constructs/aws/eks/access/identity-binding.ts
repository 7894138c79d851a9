import { TrustPolicy } from "../../iam/trust-policy";
import type { IOidcProvider } from "./oidc-provider";

/** A service account of a cluster. */
export interface ServiceAccount {
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** Kubernetes service account. */
  readonly serviceAccount: string;
}

/**
 * Defines how pods assume their IAM role.
 *
 * @example IdentityBinding.podIdentity(); IdentityBinding.irsa(provider)
 */
export class IdentityBinding {
  /** EKS Pod Identity: the agent on the node provides credentials to pods of the service account. */
  static podIdentity(): IdentityBinding {
    return new IdentityBinding(undefined);
  }

  /** IAM roles for service accounts: pods present a token of the OIDC issuer. The service account needs the role as annotation. */
  static irsa(provider: IOidcProvider): IdentityBinding {
    return new IdentityBinding(provider);
  }

  private constructor(
    /** The trusted OIDC provider; undefined for Pod Identity. */
    readonly provider: IOidcProvider | undefined,
  ) {}

  /** Trust policy for only one service account. */
  trustIn({ namespace, serviceAccount }: ServiceAccount, clusterArn: string): TrustPolicy {
    if (this.provider === undefined)
      return TrustPolicy.podIdentity().when({
        StringEquals: {
          "aws:RequestTag/eks-cluster-arn": clusterArn,
          "aws:RequestTag/kubernetes-namespace": namespace,
          "aws:RequestTag/kubernetes-service-account": serviceAccount,
        },
      });
    return TrustPolicy.webIdentity({
      providerArn: this.provider.providerArn,
      issuer: this.provider.issuer,
      subjects: [`system:serviceaccount:${namespace}:${serviceAccount}`],
    });
  }
}
