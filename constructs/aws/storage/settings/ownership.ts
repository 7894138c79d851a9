/**
 * Defines the owner of objects that other accounts write, and thereby whether access control lists (ACLs) apply.
 *
 * @example Ownership.acceptsAcls()
 */
export class Ownership {
  /** The bucket owner owns all objects; ACLs are disabled. */
  static enforced(): Ownership {
    return new Ownership("BucketOwnerEnforced");
  }

  /** ACLs are enabled. CloudFront standard logging requires this, because it adds an ACL entry for its delivery. */
  static acceptsAcls(): Ownership {
    return new Ownership("BucketOwnerPreferred");
  }

  private constructor(
    /** Value of the setting on S3. */
    readonly setting: "BucketOwnerEnforced" | "BucketOwnerPreferred",
  ) {}
}
