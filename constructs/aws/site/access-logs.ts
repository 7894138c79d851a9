import type { Construct } from "constructs";
import type { Duration } from "../../core/duration";
import type { ILogBucket } from "../storage/log-bucket";
import { LogBucket } from "../storage/log-bucket";

/**
 * Defines where the records of a site's requests go: those of its bucket under `s3/`, those of CloudFront under `cloudfront/`.
 *
 * @example AccessLogs.kept({ retention: Duration.days(30) }); AccessLogs.to(logs)
 */
export class AccessLogs {
  /** No records. */
  static none(): AccessLogs {
    return new AccessLogs(() => undefined);
  }

  /** A log bucket of the site's own. */
  static kept(options: { readonly bucketName?: string; readonly retention?: Duration } = {}): AccessLogs {
    return new AccessLogs((site, forceDestroy) => new LogBucket(site, "Logs", { ...options, forceDestroy }));
  }

  /** A log bucket that several share. */
  static to(bucket: ILogBucket): AccessLogs {
    return new AccessLogs(() => bucket);
  }

  private constructor(
    /** The bucket, made in the site where it has to be made. */
    readonly bucketIn: (site: Construct, forceDestroy: boolean) => ILogBucket | undefined,
  ) {}
}
