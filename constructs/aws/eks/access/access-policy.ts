import { EKS014 } from "../rules";

/** Kind of an EKS access policy. */
export type AccessPolicyKind = "clusterAdmin" | "admin" | "edit" | "view" | "adminView";

/** Names of the EKS access policies, by kind. */
const POLICIES: Readonly<Record<AccessPolicyKind, string>> = {
  clusterAdmin: "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
  adminView: "AmazonEKSAdminViewPolicy",
};

/**
 * Defines permissions in a cluster and the namespaces in which they apply.
 *
 * @example AccessPolicy.clusterAdmin(); AccessPolicy.edit("shop", "shop-staging"); AccessPolicy.view()
 */
export class AccessPolicy {
  /** All permissions in the whole cluster; required to deploy add-ons. */
  static clusterAdmin(): AccessPolicy {
    return new AccessPolicy("clusterAdmin", undefined);
  }

  /** All permissions in the namespaces, including their roles. */
  static admin(...namespaces: readonly string[]): AccessPolicy {
    return AccessPolicy.within("admin", namespaces);
  }

  /** Write access to workloads in the namespaces, but not to roles. */
  static edit(...namespaces: readonly string[]): AccessPolicy {
    return AccessPolicy.within("edit", namespaces);
  }

  /** Read access except to secrets; in the whole cluster when no namespace is given. */
  static view(...namespaces: readonly string[]): AccessPolicy {
    return namespaces.length === 0 ? new AccessPolicy("view", undefined) : AccessPolicy.within("view", namespaces);
  }

  /** Read access to the whole cluster, including secrets. */
  static viewEverything(): AccessPolicy {
    return new AccessPolicy("adminView", undefined);
  }

  private static within(kind: AccessPolicyKind, namespaces: readonly string[]): AccessPolicy {
    const wrong = namespaces.filter((namespace) => !/^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$/.test(namespace));
    if (namespaces.length === 0 || wrong.length > 0)
      throw EKS014.violation({
        given: wrong.length > 0 ? `namespace "${wrong.join('", "')}"` : `AccessPolicy.${kind}() without a namespace`,
        fix: 'name the namespaces, for example "shop"',
      });
    return new AccessPolicy(kind, namespaces);
  }

  private constructor(
    /** Kind of policy; the construct id of its association. */
    readonly kind: AccessPolicyKind,
    /** Namespaces in which it applies; undefined for the whole cluster. */
    readonly namespaces: readonly string[] | undefined,
  ) {}

  /** ARN of the access policy. */
  arnIn(partition: string): string {
    return `arn:${partition}:eks::aws:cluster-access-policy/${POLICIES[this.kind]}`;
  }
}
