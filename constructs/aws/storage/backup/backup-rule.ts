import type { BackupPlanRule } from "@cdktf/provider-aws/lib/backup-plan";
import type { Duration } from "../../../core/duration";
import { STO012 } from "../rules";

/** A day of the week, as AWS writes it. */
export type Weekday = "MON" | "TUE" | "WED" | "THU" | "FRI" | "SAT" | "SUN";

/** Options of backup rules. */
export interface BackupRuleOptions {
  /** Time of day in UTC, `HH:MM`; the backup starts within the following hour. @default "02:00" */
  readonly at?: string;
  /** Time after which backups are deleted, in whole days, at least one. */
  readonly retention: Duration;
  /**
   * Time after which backups move to cold storage, in whole days; they stay there for at least 90 days. EBS and RDS have no cold storage.
   * @default - never
   */
  readonly coldAfter?: Duration;
}

/**
 * Defines when a backup plan makes backups, and how long it keeps them.
 *
 * @example BackupRule.daily({ retention: Duration.days(35) }); BackupRule.weekly("SUN", { retention: Duration.days(365) })
 */
export class BackupRule {
  /** Every day. */
  static daily(options: BackupRuleOptions): BackupRule {
    return new BackupRule("* * ? *", options);
  }

  /** Every week. */
  static weekly(day: Weekday, options: BackupRuleOptions): BackupRule {
    if (!["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"].includes(day))
      throw STO012.violation({ given: `day "${day}"`, fix: "use MON, TUE, WED, THU, FRI, SAT or SUN" });
    return new BackupRule(`? * ${day} *`, options);
  }

  /** Every month, on a day that every month has. */
  static monthly(day: number, options: BackupRuleOptions): BackupRule {
    if (!Number.isInteger(day) || day < 1 || day > 28)
      throw STO012.violation({ given: `day ${day} of the month`, fix: "use 1 to 28, which every month has" });
    return new BackupRule(`${day} * ? *`, options);
  }

  private readonly schedule: string;
  private readonly lifecycle: { readonly deleteAfter: number; readonly coldStorageAfter?: number };

  private constructor(days: string, { at = "02:00", retention, coldAfter }: BackupRuleOptions) {
    const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at) ?? [];
    if (hour === undefined || minute === undefined)
      throw STO012.violation({ given: `time "${at}"`, fix: "use HH:MM in UTC, for example 02:00" });
    this.schedule = `cron(${Number(minute)} ${Number(hour)} ${days})`;
    const [deleteAfter, cold] = [daysOf(retention), coldAfter && daysOf(coldAfter)];
    if (deleteAfter > 36_500)
      throw STO012.violation({ given: `a retention of ${deleteAfter} days`, fix: "use at most 36500 days" });
    if (cold !== undefined && deleteAfter < cold + 90)
      throw STO012.violation({
        given: `cold storage after ${cold} days, deletion after ${deleteAfter}`,
        fix: `use a retention of at least ${cold + 90} days: cold storage is billed for 90 days`,
      });
    this.lifecycle = { deleteAfter, ...(cold === undefined ? {} : { coldStorageAfter: cold }) };
  }

  /** The rule as an argument of the plan. */
  argument(ruleName: string, targetVaultName: string): BackupPlanRule {
    return {
      ruleName,
      targetVaultName,
      schedule: this.schedule,
      startWindow: 60,
      completionWindow: 720,
      lifecycle: this.lifecycle,
    };
  }
}

function daysOf(time: Duration): number {
  if (time.toSeconds() % 86_400 === 0) return time.toDays();
  throw STO012.violation({ given: `a time of ${time.toString()}`, fix: "use whole days: Duration.days(35)" });
}
