import { Trust } from "../../iam/trust";
import type { IOidcProvider } from "./oidc-provider";

/** A service account of a cluster. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/**
 * Defines how pods come to a role.
 *
 * @example IdentityBinding.podIdentity(); IdentityBinding.irsa(provider)
 */
export class IdentityBinding {
  /** EKS hands it to pods of the service account, through the agent on their node. */
  static podIdentity(): IdentityBinding {
    return new IdentityBinding(undefined);
  }

  /** Pods show IAM a token of the cluster's own issuer. The service account has to name the role in an annotation. */
  static irsa(provider: IOidcProvider): IdentityBinding {
    return new IdentityBinding(provider);
  }

  private constructor(
    /** The issuer that is believed; nothing where EKS hands out the role. */
    readonly provider: IOidcProvider | undefined,
  ) {}

  /** Trust in one service account and no other. */
  trustIn({ namespace, serviceAccount }: ServiceAccount, clusterArn: string): Trust {
    if (this.provider === undefined)
      return Trust.podIdentity().when({
        StringEquals: {
          "aws:RequestTag/eks-cluster-arn": clusterArn,
          "aws:RequestTag/kubernetes-namespace": namespace,
          "aws:RequestTag/kubernetes-service-account": serviceAccount,
        },
      });
    return Trust.webIdentity({
      providerArn: this.provider.providerArn,
      issuer: this.provider.issuer,
      subjects: [`system:serviceaccount:${namespace}:${serviceAccount}`],
    });
  }
}
