import type { IGrantee } from "../iam/grantee";
import { Statement } from "../iam/statement";

/**
 * Defines grants of a key's permissions. A grant changes the policy of the identity, not the key.
 *
 * @example key.grants.decrypt(role)
 */
export class KeyGrants {
  constructor(private readonly keyArn: string) {}

  /** Grants decryption. */
  decrypt(grantee: IGrantee): void {
    this.grant(grantee, ["kms:Decrypt"]);
  }

  /** Grants encryption and decryption. */
  encryptDecrypt(grantee: IGrantee): void {
    this.grant(grantee, ["kms:Decrypt", "kms:GenerateDataKey"]);
  }

  private grant(grantee: IGrantee, actions: readonly string[]): void {
    grantee.addToPolicy(Statement.allow({ actions, resources: [this.keyArn] }));
  }
}
