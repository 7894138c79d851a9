import type { Construct } from "constructs";
import type { Duration } from "../../core/duration";
import { type ILogBucket, LogBucket } from "../storage/log-bucket";

/**
 * Defines the access logs of a site: those of its bucket under `s3/`, those of CloudFront under `cloudfront/`.
 *
 * @example AccessLogs.kept({ retention: Duration.days(30) }); AccessLogs.to(logs)
 */
export class AccessLogs {
  /** No access logs. */
  static none(): AccessLogs {
    return new AccessLogs(() => undefined);
  }

  /** A log bucket created for the site. */
  static kept(options: { readonly bucketName?: string; readonly retention?: Duration } = {}): AccessLogs {
    return new AccessLogs((site, forceDestroy) => new LogBucket(site, "Logs", { ...options, forceDestroy }));
  }

  /** An existing log bucket, which several sites can share. */
  static to(bucket: ILogBucket): AccessLogs {
    return new AccessLogs(() => bucket);
  }

  private constructor(
    /** Returns the bucket, created in the site if required. */
    readonly bucketIn: (site: Construct, forceDestroy: boolean) => ILogBucket | undefined,
  ) {}
}
