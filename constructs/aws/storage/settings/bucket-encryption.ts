import type { IEncryptionKey } from "../../encryption/encryption-key";

/**
 * Defines the encryption of a bucket's objects.
 *
 * @example BucketEncryption.s3Managed(); BucketEncryption.key(key)
 */
export class BucketEncryption {
  /** Keys that S3 manages (SSE-S3). Free of charge. */
  static s3Managed(): BucketEncryption {
    return new BucketEncryption("AES256", undefined);
  }

  /** A customer managed key (SSE-KMS). Readers also need a grant for the key. A bucket key reduces the number of KMS requests. */
  static key(key: IEncryptionKey): BucketEncryption {
    return new BucketEncryption("aws:kms", key);
  }

  private constructor(
    /** Algorithm of S3. */
    readonly algorithm: "AES256" | "aws:kms",

    /** Key of the account; undefined for keys of S3. */
    readonly encryptionKey: IEncryptionKey | undefined,
  ) {}
}
