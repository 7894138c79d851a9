import { BackupPlan as BackupPlanResource } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection as BackupSelectionResource } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { BackupPlan, type BackupPlanProps } from "@groundwork/constructs/aws/storage/backup/backup-plan";
import { BackupRule } from "@groundwork/constructs/aws/storage/backup/backup-rule";
import { BackupSelection } from "@groundwork/constructs/aws/storage/backup/backup-selection";
import { STO012, STO013 } from "@groundwork/constructs/aws/storage/rules";
import { TAG001 } from "@groundwork/constructs/core/rules";
import { Duration } from "@groundwork/constructs/core/duration";
import { awsStack, resource, resources } from "../../../../support/fixture";

const retention = Duration.days(35);

function planWith(props: Partial<BackupPlanProps> = {}) {
  const stack = awsStack();
  const plan = new BackupPlan(stack, "Backups", {
    rules: { daily: BackupRule.daily({ retention }) },
    selections: { tagged: BackupSelection.tagged({ Backup: "daily" }) },
    ...props,
  });
  return { stack, plan };
}

describe("BackupPlan", () => {
  test("makes backups of tagged resources and keeps them", () => {
    const { stack } = planWith();
    expect(resource(stack, BackupPlanResource)["rule"]).toEqual([
      expect.objectContaining({
        rule_name: "daily",
        schedule: "cron(0 2 * * ? *)",
        lifecycle: { delete_after: 35 },
      }),
    ]);
    expect(resource(stack, BackupSelectionResource)).toMatchObject({
      name: "tagged",
      selection_tag: [{ type: "STRINGEQUALS", key: "Backup", value: "daily" }],
    });
    expect(resource(stack, BackupVault)).not.toHaveProperty("force_destroy");
    expect(
      resources(stack, IamRolePolicyAttachment)
        .map((one) => String(one["policy_arn"]).split("/").at(-1))
        .sort(),
    ).toEqual(["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"]);
  });

  test.each([
    [BackupRule.daily({ at: "23:59", retention }), "cron(59 23 * * ? *)"],
    [BackupRule.weekly("SUN", { retention }), "cron(0 2 ? * SUN *)"],
    [BackupRule.monthly(28, { at: "04:05", retention }), "cron(5 4 28 * ? *)"],
  ])("has schedules of AWS (%#)", (rule, schedule) => {
    expect(rule.argument("a", "b").schedule).toBe(schedule);
  });

  test("selects resources by their ARNs, and moves old backups to cold storage", () => {
    const arn = "arn:aws:elasticfilesystem:ap-northeast-2:111122223333:file-system/fs-0123";
    const { stack } = planWith({
      rules: { yearly: BackupRule.monthly(1, { retention: Duration.days(365), coldAfter: Duration.days(30) }) },
      selections: { files: BackupSelection.of(arn) },
      forceDestroy: true,
    });
    expect(resource(stack, BackupSelectionResource)["resources"]).toEqual([arn]);
    expect(JSON.stringify(resource(stack, BackupPlanResource)["rule"])).toContain('"cold_storage_after":30');
    expect(resource(stack, BackupVault)["force_destroy"]).toBe(true);
  });

  test.each(["", "2:00", "24:00", "02:60", "02:00:00", "noon"])("rejects the time %p", (at) => {
    expect(() => BackupRule.daily({ at, retention })).toViolate(STO012, /HH:MM/);
  });

  test("rejects rules that AWS Backup would reject", () => {
    for (const day of [0, 29, 1.5])
      expect(() => BackupRule.monthly(day, { retention })).toViolate(STO012, /every month/);
    expect(() => BackupRule.weekly("SUNDAY" as never, { retention })).toViolate(STO012);
    expect(() => BackupRule.daily({ retention: Duration.hours(36) })).toViolate(STO012, /whole days/);
    expect(() => BackupRule.daily({ retention: Duration.days(36_501) })).toViolate(STO012);
    const cold = () => BackupRule.daily({ retention: Duration.days(119), coldAfter: Duration.days(30) });
    expect(cold).toViolate(STO012, /at least 120 days/);
    expect(() => planWith({ rules: {} })).toViolate(STO012, /no rule/);
    for (const name of ["", "a b", "x".repeat(51)])
      expect(() => planWith({ rules: { [name]: BackupRule.daily({ retention }) } })).toViolate(STO012);
  });

  test("rejects a plan that backs up nothing", () => {
    expect(() => planWith({ selections: {} })).toViolate(STO013, /no selection/);
    expect(() => BackupSelection.tagged({})).toViolate(STO013);
    expect(() => BackupSelection.tagged({ "aws:a": "b" })).toViolate(TAG001);
    for (const arn of ["", "vol-0123", "fs-0123"]) expect(() => BackupSelection.of(arn)).toViolate(STO013, /ARN/);
  });
});
