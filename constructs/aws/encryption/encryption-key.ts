import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsKmsAlias } from "@cdktf/provider-aws/lib/data-aws-kms-alias";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { Duration } from "../../core/duration";
import { Name } from "../../core/name";
import { parseArn } from "../iam/arn";
import { PolicyDocument } from "../iam/policy-document";
import { PolicyKind } from "../iam/policy-kind";
import { Principal } from "../iam/principal";
import { Statement } from "../iam/statement";
import { ImportedKey } from "./imported-key";
import { KeyGrants } from "./key-grants";
import type { KeyPlace, KeyUse } from "./key-use";
import { KMS001, KMS002 } from "./rules";

const ALIAS = { service: "KMS alias", maxLength: 250, pattern: /^(?!aws\/)[\w/-]+$/ };

/** A key that other services encrypt with. */
export interface IEncryptionKey extends IConstruct {
  readonly keyArn: string;
  /** What identities may do with the key. */
  readonly grants: KeyGrants;
  /** Lets a service use the key. For a key kept elsewhere it can only warn that its policy has to say so. */
  allow(...uses: readonly KeyUse[]): void;
}

export interface EncryptionKeyProps {
  /** What the key is for. @default - its construct path */
  readonly description?: string;
  /** Alias without `alias/`. @default - made from the construct path */
  readonly aliasName?: string;
  /** How long the key can still be saved after it was deleted, 7 to 30 days. @default - 30 days */
  readonly deletionWindow?: Duration;
  /** How often the key's material is renewed, 90 to 2560 days; what was encrypted stays readable. @default - 365 days */
  readonly rotationPeriod?: Duration;
}

/**
 * Defines a symmetric encryption key of the account's own.
 *
 * Creates the key with rotation on, its alias, and a key policy: the account administers the key (so that IAM policies
 * work, and nobody can lock everybody out), services get what `allow` says.
 * Cost: about one dollar a month, one more after each of the first two rotations, and three cents for 10,000 requests.
 *
 * @example
 * const key = new EncryptionKey(this, "Key");
 * key.allow(KeyUse.cloudWatchLogs("/aws/eks/demo/*"));
 */
export class EncryptionKey extends Construct implements IEncryptionKey {
  /** A key that is kept elsewhere. Its policy is not this stack's to write. */
  static fromArn(scope: Construct, id: string, keyArn: string): IEncryptionKey {
    parseArn(keyArn, "kms");
    return new ImportedKey(scope, id, keyArn, []);
  }

  /**
   * A key of another stack, found by its alias without `alias/`. What that stack has allowed already is said here too;
   * anything else that is allowed can only be a warning.
   */
  static fromAlias(scope: Construct, id: string, aliasName: string, ...allowed: readonly KeyUse[]): IEncryptionKey {
    const name = `alias/${Name.check(aliasName, ALIAS, scope)}`;
    const alias = new DataAwsKmsAlias(scope, `${id}Alias`, { name });
    return new ImportedKey(scope, id, alias.targetKeyArn, allowed);
  }

  readonly keyArn: string;
  readonly keyId: string;
  readonly aliasName: string;
  readonly grants: KeyGrants;
  private readonly place: KeyPlace;
  private document: PolicyDocument;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps = {}) {
    super(scope, id);
    this.place = {
      account: new DataAwsCallerIdentity(this, "Account").accountId,
      // `id`, because provider 6 renamed `name` to `region` and 5 knows only `name`.
      region: new DataAwsRegion(this, "Region").id,
    };
    this.document = PolicyDocument.of(administration(this.place.account));
    const key = new KmsKey(this, "Resource", {
      description: props.description ?? this.node.path,
      enableKeyRotation: true,
      // A year is KMS's own default; said again it would be a difference to whoever does not report it.
      ...(props.rotationPeriod === undefined
        ? {}
        : { rotationPeriodInDays: this.checkedRotation(props.rotationPeriod) }),
      deletionWindowInDays: this.checkedWindow(props.deletionWindow ?? Duration.days(30)),
      policy: Lazy.stringValue({ produce: () => this.document.toJson(PolicyKind.KEY, this) }),
    });
    this.node.defaultChild = key;
    this.keyArn = key.arn;
    this.keyId = key.keyId;
    this.aliasName = new KmsAlias(this, "Alias", { name: this.alias(props.aliasName), targetKeyId: key.keyId }).name;
    this.grants = new KeyGrants(this.keyArn);
  }

  allow(...uses: readonly KeyUse[]): void {
    const document = this.document.with(...uses.map((use) => use.statementIn(this.place)));
    document.toJson(PolicyKind.KEY, this);
    this.document = document;
  }

  private alias(given: string | undefined): string {
    return `alias/${given === undefined ? Name.of(this).fit(ALIAS) : Name.check(given, ALIAS, this)}`;
  }

  private checkedWindow(window: Duration): number {
    const days = window.toDays();
    if (days < 7 || days > 30)
      throw KMS001.violation({
        at: this,
        given: `a deletion window of ${days} days`,
        fix: "use Duration.days(7) to Duration.days(30)",
      });
    return days;
  }

  private checkedRotation(period: Duration): number {
    const days = period.toDays();
    if (days < 90 || days > 2_560)
      throw KMS002.violation({
        at: this,
        given: `rotation every ${days} days`,
        fix: "use Duration.days(90) to Duration.days(2560)",
      });
    return days;
  }
}

/** Without this statement the key's IAM policies mean nothing and only AWS support can still reach it. */
function administration(account: string): Statement {
  return Statement.allow({
    sid: "AccountAdministers",
    actions: ["kms:*"],
    resources: ["*"],
    principals: [Principal.account(account)],
  });
}
