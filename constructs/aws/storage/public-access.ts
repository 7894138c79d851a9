/**
 * Defines whether a bucket can be opened to everybody.
 *
 * @example PublicAccess.possible()
 */
export class PublicAccess {
  /** All four settings of the public access block are on: no policy and no ACL opens the bucket. */
  static blocked(): PublicAccess {
    return new PublicAccess(true);
  }

  /** All four are off: a policy can open the bucket. It is still closed until one does. */
  static possible(): PublicAccess {
    return new PublicAccess(false);
  }

  private constructor(readonly isBlocked: boolean) {}
}
