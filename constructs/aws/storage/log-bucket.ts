import type { Construct } from "constructs";
import { Duration } from "../../core/duration";
import type { BucketAttributes, IBucket } from "./bucket";
import { Bucket } from "./bucket";
import { ImportedBucket } from "./imported-bucket";
import { Lifecycle } from "./lifecycle";
import { Ownership } from "./ownership";

/** A bucket that log delivery can write to, by access control list as well as by policy. */
export interface ILogBucket extends IBucket {
  /** Tells it from other buckets: CloudFront refuses to log into a bucket that ignores access control lists. */
  readonly acceptsAcls: true;
}

export interface LogBucketProps {
  /** Physical name, unique in the world. @default - begins with the construct path, AWS completes it */
  readonly bucketName?: string;
  /** How long records stay. @default - a year */
  readonly retention?: Duration;
  /** Whether destroying the bucket destroys the records in it. @default - a bucket with records stays */
  readonly forceDestroy?: boolean;
}

/**
 * Defines a bucket that receives access logs: those of other buckets, of CloudFront, of load balancers.
 *
 * Creates a {@link Bucket} under S3's own encryption (log delivery knows no other everywhere) that accepts the access
 * control list by which CloudFront delivers, and that forgets records after their time.
 * Cost: the records, by the gigabyte.
 *
 * @example new Bucket(this, "Artifacts", { accessLogs: new LogBucket(this, "Logs") })
 */
export class LogBucket extends Bucket implements ILogBucket {
  /** A log bucket that is kept elsewhere, with access control lists on. */
  static override fromAttributes(scope: Construct, id: string, attributes: BucketAttributes): ILogBucket {
    return new ImportedLogBucket(scope, id, attributes);
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

class ImportedLogBucket extends ImportedBucket implements ILogBucket {
  readonly acceptsAcls = true;
}
