/**
 * Defines who owns what others write into a bucket, and with it whether access control lists mean anything.
 *
 * @example Ownership.acceptsAcls()
 */
export class Ownership {
  /** The bucket's owner owns everything; lists are off. */
  static enforced(): Ownership {
    return new Ownership("BucketOwnerEnforced");
  }

  /** Lists are on. CloudFront's standard logging needs it: it delivers by a list entry that it makes itself. */
  static acceptsAcls(): Ownership {
    return new Ownership("BucketOwnerPreferred");
  }

  private constructor(readonly setting: "BucketOwnerEnforced" | "BucketOwnerPreferred") {}
}
