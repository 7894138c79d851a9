import { Duration } from "../../core/duration";
import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { STO006 } from "./rules";

export interface LifecycleOptions {
  /** How long an overwritten or deleted version can be brought back. @default - 90 days */
  readonly keepNoncurrent?: Duration;
  /** How long an object stays. @default - for ever */
  readonly keepObjects?: Duration;
}

/**
 * Defines what a bucket forgets by itself.
 *
 * @example Lifecycle.tidy({ keepNoncurrent: Duration.days(30) }); Lifecycle.tidy({ keepObjects: Duration.days(365) })
 */
export class Lifecycle {
  /** Unfinished uploads go after 7 days, old versions after 90; objects stay unless told otherwise. */
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
        noncurrentVersionExpiration: [{ noncurrentDays: days(keepNoncurrent) }],
        expiration: [keepObjects === undefined ? { expiredObjectDeleteMarker: true } : { days: days(keepObjects) }],
      },
    ]);
  }

  /** Nothing is forgotten, and everything is paid for. */
  static none(): Lifecycle {
    return new Lifecycle([]);
  }

  private constructor(readonly rules: readonly S3BucketLifecycleConfigurationRule[]) {}
}

function days(time: Duration): number {
  if (time.toSeconds() % 86_400 !== 0)
    throw STO006.violation({ given: `${time.toString()} in a lifecycle`, fix: "use Duration.days()" });
  return time.toDays();
}
