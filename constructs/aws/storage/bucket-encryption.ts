import type { IEncryptionKey } from "../encryption/encryption-key";

/**
 * Defines what encrypts a bucket's objects.
 *
 * @example BucketEncryption.s3Managed(); BucketEncryption.key(key)
 */
export class BucketEncryption {
  /** Keys that S3 keeps. Costs nothing. */
  static s3Managed(): BucketEncryption {
    return new BucketEncryption("AES256", undefined);
  }

  /** A key of the account's own; readers need a grant on it, too. A bucket key keeps the number of KMS requests low. */
  static key(key: IEncryptionKey): BucketEncryption {
    return new BucketEncryption("aws:kms", key);
  }

  private constructor(
    readonly algorithm: "AES256" | "aws:kms",
    readonly encryptionKey: IEncryptionKey | undefined,
  ) {}
}
