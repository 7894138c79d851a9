import { EKS014 } from "../rules";

/** Names of AWS's policies for people and pipelines, by what they allow. */
const POLICIES = {
  clusterAdmin: "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
  adminView: "AmazonEKSAdminViewPolicy",
} as const;

/**
 * Defines what somebody may do in a cluster, and where.
 *
 * @example AccessPolicy.clusterAdmin(); AccessPolicy.edit("shop", "shop-staging"); AccessPolicy.view()
 */
export class AccessPolicy {
  /** Everything, everywhere: who deploys add-ons needs it. */
  static clusterAdmin(): AccessPolicy {
    return new AccessPolicy("clusterAdmin", undefined);
  }

  /** Everything within namespaces, their roles included. */
  static admin(...namespaces: readonly string[]): AccessPolicy {
    return AccessPolicy.within("admin", namespaces);
  }

  /** Change what runs in namespaces, but no roles. */
  static edit(...namespaces: readonly string[]): AccessPolicy {
    return AccessPolicy.within("edit", namespaces);
  }

  /** Look, but not at secrets; without namespaces everywhere. */
  static view(...namespaces: readonly string[]): AccessPolicy {
    return namespaces.length === 0 ? new AccessPolicy("view", undefined) : AccessPolicy.within("view", namespaces);
  }

  /** Look at everything, secrets included. */
  static viewEverything(): AccessPolicy {
    return new AccessPolicy("adminView", undefined);
  }

  private static within(kind: keyof typeof POLICIES, namespaces: readonly string[]): AccessPolicy {
    const wrong = namespaces.filter((namespace) => !/^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$/.test(namespace));
    if (namespaces.length === 0 || wrong.length > 0)
      throw EKS014.violation({
        given: wrong.length > 0 ? `namespace "${wrong.join('", "')}"` : `AccessPolicy.${kind}() of no namespace`,
        fix: 'name the namespaces, for example "shop"',
      });
    return new AccessPolicy(kind, namespaces);
  }

  private constructor(
    /** What it allows; the id of its association. */
    readonly kind: keyof typeof POLICIES,
    /** Where it holds; nothing for everywhere. */
    readonly namespaces: readonly string[] | undefined,
  ) {}

  /** ARN of AWS's policy. */
  arnIn(partition: string): string {
    return `arn:${partition}:eks::aws:cluster-access-policy/${POLICIES[this.kind]}`;
  }
}
