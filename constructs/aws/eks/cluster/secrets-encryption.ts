import type { Construct } from "constructs";
import { EncryptionKey, type IEncryptionKey } from "../../encryption/encryption-key";

/**
 * Defines the KMS key that encrypts the secrets of a cluster. EKS cannot remove the key of an existing cluster.
 *
 * @example SecretsEncryption.keyOfItsOwn(); SecretsEncryption.with(key); SecretsEncryption.keyOfAws()
 */
export class SecretsEncryption {
  /** A key created for the cluster. Cost: $1 a month. */
  static keyOfItsOwn(): SecretsEncryption {
    return new SecretsEncryption((scope) => new EncryptionKey(scope, "SecretsKey"));
  }

  /** An existing key. */
  static with(key: IEncryptionKey): SecretsEncryption {
    return new SecretsEncryption(() => key);
  }

  /** The key owned by AWS, which encrypts all Kubernetes API data since 1.28. The account cannot revoke it. */
  static keyOfAws(): SecretsEncryption {
    return new SecretsEncryption(() => undefined);
  }

  private constructor(
    /** Returns the key, created in the scope if required; undefined for the key owned by AWS. */
    readonly keyIn: (scope: Construct) => IEncryptionKey | undefined,
  ) {}
}
