import { Annotations } from "cdktf";
import { Construct } from "constructs";
import type { IEncryptionKey } from "./encryption-key";
import { KeyGrants } from "./key-grants";
import type { KeyPlace, KeyUse } from "./key-use";

/** Stands for whatever account and region the key is in. */
const ELSEWHERE: KeyPlace = { account: "<account>", region: "<region>" };

/** Gives a key that is kept elsewhere. Made by `EncryptionKey`: its policy can be asked for, not written. */
export class ImportedKey extends Construct implements IEncryptionKey {
  readonly grants: KeyGrants;
  private readonly allowed: ReadonlySet<string>;

  constructor(
    scope: Construct,
    id: string,
    readonly keyArn: string,
    allowed: readonly KeyUse[],
  ) {
    super(scope, id);
    this.grants = new KeyGrants(keyArn);
    this.allowed = new Set(allowed.map(textOf));
  }

  allow(...uses: readonly KeyUse[]): void {
    for (const use of uses.filter((one) => !this.allowed.has(textOf(one))))
      Annotations.of(this).addWarning(`the policy of this key is kept elsewhere and must hold: ${textOf(use)}`);
  }
}

function textOf(use: KeyUse): string {
  return JSON.stringify(use.statementIn(ELSEWHERE).render());
}
