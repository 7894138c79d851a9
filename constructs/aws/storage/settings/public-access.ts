/**
 * Defines whether a bucket can be made public.
 *
 * @example PublicAccess.possible()
 */
export class PublicAccess {
  /** All four settings of the public access block are enabled: neither a policy nor an ACL can make the bucket public. */
  static blocked(): PublicAccess {
    return new PublicAccess(true);
  }

  /** All four settings are disabled: a policy can make the bucket public. Without such a policy it is private. */
  static possible(): PublicAccess {
    return new PublicAccess(false);
  }

  private constructor(
    /** Whether S3 blocks public policies and ACLs. */
    readonly isBlocked: boolean,
  ) {}
}
