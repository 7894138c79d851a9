import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { Duration } from "../../../core/duration";
import { STO006 } from "../rules";

/** Settings of a lifecycle rule. */
export interface LifecycleOptions {
  /** Retention of overwritten and deleted versions, in whole days. @default - 90 days */
  readonly keepNoncurrent?: Duration;
  /** Retention of objects, in whole days. @default - unlimited */
  readonly keepObjects?: Duration;
}

/**
 * Defines the lifecycle rules of a bucket.
 *
 * @example Lifecycle.tidy({ keepNoncurrent: Duration.days(30) }); Lifecycle.tidy({ keepObjects: Duration.days(365) })
 */
export class Lifecycle {
  /** Unfinished uploads expire after 7 days, noncurrent versions after 90 days; objects do not expire by default. */
  static tidy(options: LifecycleOptions = {}): Lifecycle {
    const { keepNoncurrent = Duration.days(90), keepObjects } = options;
    return new Lifecycle([
      {
        id: "abort-unfinished-uploads",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      },
      {
        id: "expire-old-versions",
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrentVersionExpiration: [{ noncurrentDays: wholeDays(keepNoncurrent) }],
        expiration: [
          keepObjects === undefined ? { expiredObjectDeleteMarker: true } : { days: wholeDays(keepObjects) },
        ],
      },
    ]);
  }

  /** No rules: unfinished uploads and all versions are kept and billed. */
  static none(): Lifecycle {
    return new Lifecycle([]);
  }

  private constructor(
    /** Rules in the order of their declaration. */
    readonly rules: readonly S3BucketLifecycleConfigurationRule[],
  ) {}
}

function wholeDays(time: Duration): number {
  if (time.toSeconds() % 86_400 !== 0)
    throw STO006.violation({ given: `${time.toString()} in a lifecycle`, fix: "use Duration.days()" });
  return time.toDays();
}
