import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsKmsAlias } from "@cdktf/provider-aws/lib/data-aws-kms-alias";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Annotations, Lazy } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { defined } from "../../core/defined";
import { checkStack } from "../../core/name-claims";
import { Duration } from "../../core/duration";
import { Name } from "../../core/name";
import { descriptionOf } from "../description";
import { parseArn } from "../iam/arn";
import { PolicyDocument } from "../iam/policy-document";
import { PolicyKind } from "../iam/policy-kind";
import { Principal } from "../iam/principal";
import { Statement } from "../iam/statement";
import { KEY_ALIAS, KEY_DAYS, KEY_DESCRIPTION } from "../limits";
import { physicalName } from "../physical-name";
import { partitionFor } from "../provider-settings";
import { KeyGrants } from "./key-grants";
import type { KeyLocation, KeyUse } from "./key-use";
import { KMS001, KMS002 } from "./rules";

/** Account and region of an existing key, in warnings. */
const PLACEHOLDERS = { account: "<account>", region: "<region>" };

/** A KMS key that encrypts data of other services. */
export interface IEncryptionKey extends IConstruct {
  /** ARN of the key. */
  readonly keyArn: string;
  /** Grants of key permissions to identities. */
  readonly grants: KeyGrants;
  /** Allows services to use the key. For an existing key, prints the required policy statement as a warning instead. */
  allow(...uses: readonly KeyUse[]): void;
}

/** Properties of {@link EncryptionKey}. */
export interface EncryptionKeyProps {
  /** Description of the key. @default - the construct path */
  readonly description?: string;
  /** Alias without `alias/`. @default - derived from the construct path */
  readonly aliasName?: string;
  /** Waiting period before a deleted key is destroyed, in which the deletion can be cancelled: 7 to 30 days. @default - 30 days */
  readonly deletionWindow?: Duration;
  /** Rotation period of the key material, 90 to 2560 days; existing data stays readable. @default - 365 days */
  readonly rotationPeriod?: Duration;
}

/**
 * Defines a symmetric customer managed KMS key.
 *
 * Creates the key with rotation enabled, its alias, and its key policy: the account administers the key, so that IAM policies
 * apply and the key cannot become unmanageable; `allow` adds permissions of services.
 * Cost: about 1 USD per month, 1 USD more after each of the first two rotations, and 0.03 USD per 10,000 requests.
 *
 * @example
 * const key = new EncryptionKey(this, "Key");
 * key.allow(KeyUse.cloudWatchLogs("/aws/eks/demo/*"));
 */
export class EncryptionKey extends Construct implements IEncryptionKey {
  /** An existing key by its ARN. Its policy is not managed by this stack. */
  static fromArn(scope: Construct, id: string, keyArn: string): IEncryptionKey {
    parseArn(keyArn, "kms", scope, "key/");
    return EncryptionKey.import(scope, id, keyArn, []);
  }

  /**
   * A key of another stack, by its alias without `alias/`. `allowed` lists the uses that the key's policy allows already;
   * `allow` prints a warning for all others.
   */
  static fromAlias(scope: Construct, id: string, aliasName: string, ...allowed: readonly KeyUse[]): IEncryptionKey {
    const name = `alias/${Name.check(aliasName, KEY_ALIAS, scope)}`;
    checkStack(scope);
    const alias = new DataAwsKmsAlias(scope, `${id}Alias`, { name });
    return EncryptionKey.import(scope, id, alias.targetKeyArn, allowed);
  }

  private static import(scope: Construct, id: string, keyArn: string, allowed: readonly KeyUse[]): IEncryptionKey {
    class Import extends Construct implements IEncryptionKey {
      readonly keyArn = keyArn;
      readonly grants = new KeyGrants(keyArn);

      allow(...uses: readonly KeyUse[]): void {
        const location = { ...PLACEHOLDERS, ...placeOf(this) };
        const present = new Set(allowed.map((use) => statementText(use, location)));
        for (const statement of uses.map((use) => statementText(use, location)).filter((text) => !present.has(text)))
          Annotations.of(this).addWarning(
            `this stack does not manage the policy of this key; it must contain: ${statement}`,
          );
      }
    }
    return new Import(scope, id);
  }

  /** ARN of the key. */
  readonly keyArn: string;
  /** Id of the key. */
  readonly keyId: string;
  /** Name of the key's alias. */
  readonly aliasName: string;
  readonly grants: KeyGrants;
  private readonly account: string;
  private readonly region: string;
  private readonly uses: KeyUse[] = [];

  constructor(scope: Construct, id: string, props: EncryptionKeyProps = {}) {
    super(scope, id);
    this.account = new DataAwsCallerIdentity(this, "Account").accountId;
    // `id`, because provider 5 has only `name`, which provider 6 renamed to `region`.
    this.region = new DataAwsRegion(this, "Region").id;
    const key = new KmsKey(this, "Resource", {
      description: descriptionOf(this, props.description, KEY_DESCRIPTION),
      enableKeyRotation: true,
      // The default of KMS is not written: APIs that do not return it would cause a permanent difference in the plan.
      ...defined({ rotationPeriodInDays: props.rotationPeriod && this.checkedRotation(props.rotationPeriod) }),
      deletionWindowInDays: this.checkedWindow(props.deletionWindow ?? Duration.days(30)),
      policy: Lazy.stringValue({ produce: () => this.documentWith(this.uses).toJson(PolicyKind.KEY, this) }),
    });
    this.node.defaultChild = key;
    this.keyArn = key.arn;
    this.keyId = key.keyId;
    this.aliasName = new KmsAlias(this, "Alias", {
      name: `alias/${physicalName(this, props.aliasName, KEY_ALIAS)}`,
      targetKeyId: key.keyId,
    }).name;
    this.grants = new KeyGrants(this.keyArn);
  }

  allow(...uses: readonly KeyUse[]): void {
    this.documentWith([...this.uses, ...uses]).toJson(PolicyKind.KEY, this);
    this.uses.push(...uses);
  }

  /** The policy with the permissions of services, in the partition of the provider's region. */
  private documentWith(uses: readonly KeyUse[]): PolicyDocument {
    const location: KeyLocation = { account: this.account, region: this.region, ...placeOf(this) };
    return PolicyDocument.of(administration(this.account), ...uses.map((use) => use.statementIn(location)));
  }

  private checkedWindow(window: Duration): number {
    const days = window.toDays();
    if (days < KEY_DAYS.deletion.least || days > KEY_DAYS.deletion.most)
      throw KMS001.violation({
        at: this,
        given: `a deletion window of ${days} days`,
        fix: "use Duration.days(7) to Duration.days(30)",
      });
    return days;
  }

  private checkedRotation(period: Duration): number {
    const days = period.toDays();
    if (days < KEY_DAYS.rotation.least || days > KEY_DAYS.rotation.most)
      throw KMS002.violation({
        at: this,
        given: `rotation every ${days} days`,
        fix: "use Duration.days(90) to Duration.days(2560)",
      });
    return days;
  }
}

/** Without this statement, IAM policies do not apply to the key and only AWS support can recover it. */
function administration(account: string): Statement {
  return Statement.allow({
    sid: "AccountAdministers",
    actions: ["kms:*"],
    resources: ["*"],
    principals: [Principal.account(account)],
  });
}

/** Partition and domain of the provider's region. */
function placeOf(scope: IConstruct): Pick<KeyLocation, "partition" | "domain"> {
  const { name: partition, domain } = partitionFor(scope);
  return { partition, domain };
}

function statementText(use: KeyUse, location: KeyLocation): string {
  return JSON.stringify(use.statementIn(location).render(location.partition));
}
