import { BackupPlan as BackupPlanResource } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection as BackupSelectionResource } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { Construct } from "constructs";
import { defined } from "../../../core/defined";
import { Name } from "../../../core/name";
import type { IEncryptionKey } from "../../encryption/encryption-key";
import { ManagedPolicy } from "../../iam/managed-policy";
import { type IRole, Role } from "../../iam/role";
import { TrustPolicy } from "../../iam/trust-policy";
import { STO012, STO013 } from "../rules";
import type { BackupRule } from "./backup-rule";
import type { BackupSelection } from "./backup-selection";

/** Properties of {@link BackupPlan}. */
export interface BackupPlanProps {
  /** When backups are made and how long they are kept, by name. */
  readonly rules: Readonly<Record<string, BackupRule>>;
  /** Resources that are backed up. */
  readonly selections: Readonly<Record<string, BackupSelection>>;
  /**
   * Key that encrypts the backups of resources with backups of their own encryption, such as file systems; changing it replaces the vault.
   * @default - the key of AWS for Backup
   */
  readonly encryptionKey?: IEncryptionKey;
  /**
   * Whether a destroy deletes the vault with all backups; otherwise AWS rejects the deletion of a vault with backups.
   * @default false
   */
  readonly forceDestroy?: boolean;
}

/**
 * Defines regular backups of volumes, file systems, tables and buckets (AWS Backup).
 *
 * Creates a vault, a role for backups and restores, the plan, and its selections.
 *
 * Cost: by the GiB and month of the backups: volumes and file systems $0.05 (us-east-1). Only changes since the last backup are stored.
 *
 * Errors: STO012, STO013, TAG001.
 *
 * @example
 * new BackupPlan(this, "Backups", {
 *   rules: { daily: BackupRule.daily({ retention: Duration.days(35) }) },
 *   selections: { tagged: BackupSelection.tagged({ Backup: "daily" }) },
 * });
 */
export class BackupPlan extends Construct {
  /** Name of the vault. */
  readonly vaultName: string;
  /** ARN of the vault. */
  readonly vaultArn: string;
  /** Id of the plan. */
  readonly planId: string;
  /** Role of backups and restores. */
  readonly role: IRole;

  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    this.check(props);
    const vault = new BackupVault(this, "Vault", {
      name: Name.of(this).fit(VAULT),
      ...defined({
        kmsKeyArn: props.encryptionKey?.keyArn,
        forceDestroy: props.forceDestroy === true ? true : undefined,
      }),
    });
    this.vaultName = vault.name;
    this.vaultArn = vault.arn;
    this.role = new Role(this, "Role", {
      trust: TrustPolicy.service("backup.amazonaws.com"),
      managedPolicies: ["ForBackup", "ForRestores"].map((kind) =>
        ManagedPolicy.ofAws(`service-role/AWSBackupServiceRolePolicy${kind}`),
      ),
    });
    const plan = new BackupPlanResource(this, "Resource", {
      name: Name.of(this).fit(PLAN),
      rule: Object.entries(props.rules).map(([name, rule]) => rule.argument(name, vault.name)),
    });
    this.node.defaultChild = plan;
    this.planId = plan.id;
    for (const [name, { tags, arns }] of Object.entries(props.selections))
      new BackupSelectionResource(this, `selection-${name}`, {
        name,
        planId: plan.id,
        iamRoleArn: this.role.roleArn,
        ...defined({
          selectionTag: Object.entries(tags).map(([key, value]) => ({ type: "STRINGEQUALS", key, value })),
          resources: arns.length === 0 ? undefined : [...arns],
        }),
        // The role must be able to describe the resources when the selection is created.
        dependsOn: [...this.role.permissions],
      });
  }

  private check({ rules, selections }: BackupPlanProps): void {
    const names = Object.keys(rules);
    const invalid = [...names, ...Object.keys(selections)].find((name) => !/^[A-Za-z0-9_-]{1,50}$/.test(name));
    if (names.length === 0 || invalid !== undefined)
      throw STO012.violation({
        at: this,
        given: invalid === undefined ? "no rule" : `the name "${invalid}"`,
        fix:
          invalid === undefined
            ? "add a rule, for example { daily: BackupRule.daily({ retention: Duration.days(35) }) }"
            : "use up to 50 letters, digits, hyphens and underscores",
      });
    if (Object.keys(selections).length === 0)
      throw STO013.violation({
        at: this,
        given: "no selection",
        fix: 'add one, for example { tagged: BackupSelection.tagged({ Backup: "daily" }) }',
      });
  }
}

/** Source: CreateBackupVault in the AWS Backup API reference. */
const VAULT = { service: "backup vault", maxLength: 50, pattern: /^[\w-]{2,}$/ };

/** Source: CreateBackupPlan in the AWS Backup API reference. */
const PLAN = { service: "backup plan", maxLength: 50, pattern: /^[\w.-]+$/ };
