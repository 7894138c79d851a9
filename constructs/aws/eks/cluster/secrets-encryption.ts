import type { Construct } from "constructs";
import type { IEncryptionKey } from "../../encryption/encryption-key";
import { EncryptionKey } from "../../encryption/encryption-key";

/**
 * Defines whose key encrypts the secrets that a cluster stores. A cluster keeps its key: none can be taken away.
 *
 * @example SecretsEncryption.keyOfItsOwn(); SecretsEncryption.with(key); SecretsEncryption.keyOfAws()
 */
export class SecretsEncryption {
  /** A key that is made for the cluster. Cost: a dollar a month. */
  static keyOfItsOwn(): SecretsEncryption {
    return new SecretsEncryption((scope) => new EncryptionKey(scope, "SecretsKey"));
  }

  /** A key of the account's. */
  static with(key: IEncryptionKey): SecretsEncryption {
    return new SecretsEncryption(() => key);
  }

  /** AWS's own key, which encrypts everything in the cluster's store since Kubernetes 1.28. Nobody can revoke it. */
  static keyOfAws(): SecretsEncryption {
    return new SecretsEncryption(() => undefined);
  }

  private constructor(
    /** The key; made where it is to be the cluster's own, nothing where it is AWS's. */
    readonly keyIn: (scope: Construct) => IEncryptionKey | undefined,
  ) {}
}
