import { type Tags, tagViolations } from "../../../core/tags";
import { isToken } from "../../../core/token";
import { Violations } from "../../../core/violation";
import { STO013 } from "../rules";

/**
 * Defines the resources of a backup plan.
 *
 * @example BackupSelection.tagged({ Backup: "daily" }); BackupSelection.of(fileSystem.fileSystemArn)
 */
export class BackupSelection {
  /** All resources of the account and region that have one of the tags. */
  static tagged(tags: Tags): BackupSelection {
    Violations.throwIfAny(tagViolations(tags));
    if (Object.keys(tags).length === 0)
      throw STO013.violation({ given: "no tags", fix: 'use for example { Backup: "daily" }' });
    return new BackupSelection(tags, []);
  }

  /** The given resources, by their ARNs. */
  static of(...arns: readonly [string, ...string[]]): BackupSelection {
    for (const arn of arns)
      if (!isToken(arn) && !/^arn:aws[\w-]*:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:\S+$/.test(arn))
        throw STO013.violation({
          given: `resource "${arn}"`,
          fix: "use the ARN of a volume, file system, table or bucket",
        });
    return new BackupSelection({}, arns);
  }

  private constructor(
    /** Tags of the selected resources. */
    readonly tags: Tags,
    /** ARNs of the selected resources. */
    readonly arns: readonly string[],
  ) {}
}
