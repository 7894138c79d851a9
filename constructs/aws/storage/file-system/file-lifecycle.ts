import type { EfsFileSystemLifecyclePolicy } from "@cdktf/provider-aws/lib/efs-file-system";
import type { Duration } from "../../../core/duration";
import { STO008 } from "../rules";

/** Days without access after which EFS can move a file. Source: LifecyclePolicy in the EFS API reference. */
const DAYS = [1, 7, 14, 30, 60, 90, 180, 270, 365];

/**
 * Defines when unread files move to cheaper storage. They move back with the first access.
 *
 * @example FileLifecycle.infrequentAfter(Duration.days(30)); FileLifecycle.infrequentAfter(Duration.days(30), Duration.days(90))
 */
export class FileLifecycle {
  /** Infrequent Access after a time, and Archive after a longer one. */
  static infrequentAfter(infrequent: Duration, archive?: Duration): FileLifecycle {
    const [days, archiveDays] = [daysOf(infrequent), archive && daysOf(archive)];
    if (archiveDays !== undefined && archiveDays <= days)
      throw STO008.violation({
        given: `Infrequent Access after ${days} days, Archive after ${archiveDays}`,
        fix: "use a longer time for Archive",
      });
    return new FileLifecycle([
      { transitionToIa: name(days) },
      { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
      ...(archiveDays === undefined ? [] : [{ transitionToArchive: name(archiveDays) }]),
    ]);
  }

  /** All files stay in standard storage. */
  static none(): FileLifecycle {
    return new FileLifecycle([]);
  }

  private constructor(
    /** The policies as an argument of the file system. */
    readonly policies: readonly EfsFileSystemLifecyclePolicy[],
  ) {}
}

function daysOf(time: Duration): number {
  const days = time.toSeconds() / 86_400;
  if (DAYS.includes(days)) return days;
  throw STO008.violation({ given: `a time of ${time.toString()}`, fix: `use one of ${DAYS.join(", ")} days` });
}

function name(days: number): string {
  return days === 1 ? "AFTER_1_DAY" : `AFTER_${days}_DAYS`;
}
