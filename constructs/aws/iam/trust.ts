import type { Conditions } from "./statement";
import { Statement } from "./statement";
import { PolicyDocument } from "./policy-document";
import { Principal } from "./principal";

/** Identities of an OpenID Connect provider. */
export interface WebIdentity {
  /** ARN of the provider in IAM. */
  readonly providerArn: string;
  /** The provider's address without `https://`: the prefix of its condition keys. */
  readonly issuer: string;
  /** Who among those that the provider vouches for, for example `system:serviceaccount:kube-system:controller`. */
  readonly subjects: readonly string[];
  /** For whom the token was made. @default - `sts.amazonaws.com` */
  readonly audience?: string;
}

/**
 * Defines who may take on a role. There is no word for everybody.
 *
 * @example Trust.service("ec2.amazonaws.com"); Trust.account("111122223333").when({ Bool: { "aws:MultiFactorAuthPresent": "true" } })
 */
export class Trust {
  /** A service of AWS, or several. */
  static service(...names: readonly [string, ...string[]]): Trust {
    return Trust.to(names.map((name) => Principal.service(name)));
  }

  /** Everybody in an account to whom that account gives `sts:AssumeRole` on the role. */
  static account(id: string): Trust {
    return Trust.to([Principal.account(id)]);
  }

  /** Roles or users, by ARN. */
  static arn(...arns: readonly [string, ...string[]]): Trust {
    return Trust.to(arns.map((arn) => Principal.arn(arn)));
  }

  /** Named identities of an OpenID Connect provider: a cluster's service accounts, a pipeline's jobs. */
  static webIdentity(identity: WebIdentity): Trust {
    const exact = identity.subjects.every((subject) => !/[*?]/.test(subject));
    return new Trust(
      [Principal.federated(identity.providerArn)],
      ["sts:AssumeRoleWithWebIdentity"],
      exact
        ? {
            StringEquals: {
              [`${identity.issuer}:aud`]: identity.audience ?? "sts.amazonaws.com",
              [`${identity.issuer}:sub`]: identity.subjects,
            },
          }
        : {
            StringEquals: { [`${identity.issuer}:aud`]: identity.audience ?? "sts.amazonaws.com" },
            StringLike: { [`${identity.issuer}:sub`]: identity.subjects },
          },
    );
  }

  /** Pods of EKS clusters, by associations that name the role. */
  static podIdentity(): Trust {
    return new Trust([Principal.service("pods.eks.amazonaws.com")], ["sts:AssumeRole", "sts:TagSession"], {});
  }

  private static to(principals: readonly Principal[]): Trust {
    return new Trust(principals, ["sts:AssumeRole"], {});
  }

  private constructor(
    private readonly principals: readonly Principal[],
    private readonly actions: readonly string[],
    private readonly conditions: Conditions,
  ) {}

  /** The same trust under conditions, in addition to those it has; a condition key that is named again is replaced. */
  when(conditions: Conditions): Trust {
    return new Trust(this.principals, this.actions, joined(this.conditions, conditions));
  }

  /** The trust as a policy document. */
  get document(): PolicyDocument {
    const { principals, actions, conditions } = this;
    return PolicyDocument.of(Statement.allow({ actions, principals, conditions }));
  }
}

/** Both sets of conditions. Several keys under one operator all have to hold. */
function joined(some: Conditions, more: Conditions): Conditions {
  const before = new Map(Object.entries(some));
  const after = Object.entries(more).map(
    ([operator, keys]) => [operator, { ...before.get(operator), ...keys }] as const,
  );
  return Object.fromEntries([...before, ...after]);
}
