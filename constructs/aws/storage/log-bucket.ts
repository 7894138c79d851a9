import type { Construct } from "constructs";
import { Duration } from "../../core/duration";
import { Bucket, type BucketAttributes, type IBucket } from "./bucket";
import { Lifecycle } from "./settings/lifecycle";
import { Ownership } from "./settings/ownership";

/** A bucket that accepts log delivery by access control list and by policy. */
export interface ILogBucket extends IBucket {
  /** Distinguishes the type from other buckets: CloudFront cannot deliver logs to a bucket without access control lists. */
  readonly acceptsAcls: true;
}

/** Properties of {@link LogBucket}. */
export interface LogBucketProps {
  /** Physical name, globally unique. @default - the construct path with a unique suffix */
  readonly bucketName?: string;
  /** Retention of the records, in whole days. @default - 365 days */
  readonly retention?: Duration;
  /** Whether the records are deleted when the bucket is destroyed. @default - false: a bucket with records cannot be destroyed */
  readonly forceDestroy?: boolean;
}

/**
 * Defines a bucket that receives access logs of other buckets, CloudFront and load balancers.
 *
 * Creates a {@link Bucket} with SSE-S3 (not all log delivery services support other encryption) and access control lists, which
 * CloudFront needs for log delivery. Records expire after their retention.
 * Cost: storage per gigabyte.
 *
 * @example new Bucket(this, "Artifacts", { accessLogs: new LogBucket(this, "Logs") })
 */
export class LogBucket extends Bucket implements ILogBucket {
  /** An existing log bucket with access control lists enabled. */
  static override fromAttributes(scope: Construct, id: string, attributes: BucketAttributes): ILogBucket {
    return Object.assign(super.fromAttributes(scope, id, attributes), { acceptsAcls: true as const });
  }

  readonly acceptsAcls = true;

  constructor(scope: Construct, id: string, props: LogBucketProps = {}) {
    const { retention = Duration.days(365), ...rest } = props;
    super(scope, id, {
      ...rest,
      ownership: Ownership.acceptsAcls(),
      lifecycle: Lifecycle.tidy({ keepObjects: retention, keepNoncurrent: Duration.days(7) }),
    });
  }
}
