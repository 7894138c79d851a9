import { isToken } from "../../core/token";
import { parseArn } from "./arn";
import { openSubject } from "./open-subject";
import { PolicyDocument } from "./policy-document";
import { Principal } from "./principal";
import { IAM012 } from "./rules";
import { type Conditions, Statement } from "./statement";

/** The action with which tokens of an OpenID Connect provider are exchanged for credentials. */
const WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";

/** Identities of an OpenID Connect provider. */
export interface WebIdentity {
  /** ARN of the provider in IAM. */
  readonly providerArn: string;
  /** The provider's address without `https://`: the prefix of its condition keys. */
  readonly issuer: string;
  /**
   * Subjects of the tokens, for example `system:serviceaccount:kube-system:controller`; `*` and `?` are wildcards. The part that names
   * the owner (`repo:<owner>/`, `project_path:<group>/`, `system:serviceaccount:<namespace>:`) has none.
   */
  readonly subjects: readonly string[];
  /** Audience of the tokens. @default - `sts.amazonaws.com` */
  readonly audience?: string;
}

/**
 * Defines the trust policy of a role: the principals that can assume it. A policy for anyone cannot be written.
 *
 * @example TrustPolicy.service("ec2.amazonaws.com"); TrustPolicy.account("111122223333").when({ Bool: { "aws:MultiFactorAuthPresent": "true" } })
 */
export class TrustPolicy {
  /** AWS services. */
  static service(...names: readonly [string, ...string[]]): TrustPolicy {
    return TrustPolicy.to(names.map((name) => Principal.service(name)));
  }

  /** All identities of an account that have `sts:AssumeRole` permission for the role in that account. */
  static account(id: string): TrustPolicy {
    return TrustPolicy.to([Principal.account(id)]);
  }

  /** Roles or users, by ARN. */
  static arn(...arns: readonly [string, ...string[]]): TrustPolicy {
    return TrustPolicy.to(arns.map((arn) => Principal.arn(arn)));
  }

  /** Identities of an OpenID Connect provider: service accounts of a cluster, jobs of a pipeline. */
  static webIdentity(identity: WebIdentity): TrustPolicy {
    checkWebIdentity(identity);
    const exact = identity.subjects.every((subject) => !/[*?]/.test(subject));
    return new TrustPolicy(
      [Principal.federated(identity.providerArn)],
      [WEB_IDENTITY],
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

  /** Pods of EKS clusters with pod identity associations for the role. */
  static podIdentity(): TrustPolicy {
    return new TrustPolicy([Principal.service("pods.eks.amazonaws.com")], ["sts:AssumeRole", "sts:TagSession"], {});
  }

  /** All principals of several policies, each under its own conditions. */
  static anyOf(first: TrustPolicy, ...others: readonly TrustPolicy[]): TrustPolicy {
    return new TrustPolicy(first.principals, first.actions, first.conditions, [...first.others, ...others]);
  }

  private static to(principals: readonly Principal[]): TrustPolicy {
    return new TrustPolicy(principals, ["sts:AssumeRole"], {});
  }

  private constructor(
    private readonly principals: readonly Principal[],
    private readonly actions: readonly string[],
    private readonly conditions: Conditions,
    private readonly others: readonly TrustPolicy[] = [],
  ) {}

  /** A copy with additional conditions. A condition key that is already present is replaced; subjects name their owner here, too. */
  when(conditions: Conditions): TrustPolicy {
    if (this.actions.includes(WEB_IDENTITY)) checkReplacedSubjects(conditions);
    const others = this.others.map((other) => other.when(conditions));
    return new TrustPolicy(this.principals, this.actions, merged(this.conditions, conditions), others);
  }

  /** The policy document. */
  get document(): PolicyDocument {
    return PolicyDocument.of(...this.statements);
  }

  private get statements(): readonly Statement[] {
    const { principals, actions, conditions, others } = this;
    return [Statement.allow({ actions, principals, conditions }), ...others.flatMap(({ statements }) => statements)];
  }
}

/** Without a subject, or with one that names no owner, identities of everyone at the provider could assume the role. */
function checkWebIdentity({ providerArn, issuer, subjects }: WebIdentity): void {
  parseArn(providerArn, "iam", "TrustPolicy.webIdentity", "oidc-provider/");
  checkSubjects(subjects, issuer);
  if (!isToken(issuer) && !/^[\w.-]+(:\d+)?(\/[\w./-]*)?$/.test(issuer))
    throw IAM012.violation({
      at: "TrustPolicy.webIdentity",
      given: `issuer "${issuer}"`,
      fix: "use the provider's address without https://",
    });
}

function checkSubjects(subjects: readonly string[], issuer: string): void {
  const open = openSubject(subjects, issuer);
  if (open === undefined && subjects.length > 0) return;
  throw IAM012.violation({
    at: "TrustPolicy.webIdentity",
    given: open === undefined ? "no subject" : `subject "${open}"`,
    fix: 'name the owner without wildcards, for example "repo:acme/shop:*" or "system:serviceaccount:kube-system:controller"',
  });
}

/** Conditions that replace those of the subjects. */
function checkReplacedSubjects(conditions: Conditions): void {
  for (const keys of [conditions.StringEquals, conditions.StringLike])
    for (const [key, values] of Object.entries(keys ?? {}))
      if (key.endsWith(":sub")) checkSubjects([values].flat(), key.slice(0, -":sub".length));
}

/** Merges two sets of conditions by operator and key. All keys of an operator must match. */
function merged(conditions: Conditions, added: Conditions): Conditions {
  const before = new Map(Object.entries(conditions));
  const after = Object.entries(added).map(
    ([operator, keys]) => [operator, { ...before.get(operator), ...keys }] as const,
  );
  return Object.fromEntries([...before, ...after]);
}
