import type { IGrantee } from "../iam/grantee";
import { Statement } from "../iam/statement";

/**
 * Defines what identities may do with a key. Each grant changes the identity's policy; the key is untouched.
 *
 * @example key.grants.decrypt(role)
 */
export class KeyGrants {
  constructor(private readonly keyArn: string) {}

  /** Read what the key encrypted. */
  decrypt(grantee: IGrantee): void {
    this.grant(grantee, ["kms:Decrypt"]);
  }

  /** Write and read what the key encrypts. */
  encryptDecrypt(grantee: IGrantee): void {
    this.grant(grantee, ["kms:Decrypt", "kms:GenerateDataKey"]);
  }

  private grant(grantee: IGrantee, actions: readonly string[]): void {
    grantee.addToPolicy(Statement.allow({ actions, resources: [this.keyArn] }));
  }
}
