import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { isToken } from "../../core/token";
import type { IEncryptionKey } from "../encryption/encryption-key";
import type { Statement } from "../iam/statement";
import type { BucketEncryption } from "./bucket-encryption";
import { BucketGrants } from "./bucket-grants";
import { bucketPrefix, checkedBucketName } from "./bucket-name";
import { BucketPolicy } from "./bucket-policy";
import * as settings from "./bucket-settings";
import { ImportedBucket } from "./imported-bucket";
import type { Lifecycle } from "./lifecycle";
import type { ObjectProps } from "./object-content";
import { contentTypeOf } from "./object-content";
import type { Ownership } from "./ownership";
import { PublicAccess } from "./public-access";
import { STO004, STO005 } from "./rules";
import type { Website } from "./website";

/** A bucket, wherever it is kept. */
export interface IBucket extends IConstruct {
  readonly bucketName: string;
  readonly bucketArn: string;
  /** Host name of the bucket in its region, for TLS. */
  readonly bucketRegionalDomainName: string;
  /** Key of the account's own that encrypts the objects, if there is one. */
  readonly encryptionKey: IEncryptionKey | undefined;
  /** What identities may do with the objects. */
  readonly grants: BucketGrants;
  /** Settings that must stand before anything is written into the bucket; for `dependsOn` of what writes. */
  readonly settled: readonly ITerraformDependable[];
  /**
   * Adds statements about the bucket for services and other accounts; returns what must stand before they hold.
   * Of a bucket kept elsewhere it can only warn.
   */
  addToPolicy(...statements: readonly Statement[]): readonly ITerraformDependable[];
}

export interface BucketProps {
  /** Physical name, unique in the world. @default - begins with the construct path, AWS completes it */
  readonly bucketName?: string;
  /** What encrypts the objects. @default - keys that S3 keeps */
  readonly encryption?: BucketEncryption;
  /** Whether overwritten and deleted objects stay as versions. @default - they do */
  readonly versioned?: boolean;
  /** Whether a policy can open the bucket to everybody. @default - it cannot */
  readonly publicAccess?: PublicAccess;
  /** Whether access control lists mean anything. @default - they do not */
  readonly ownership?: Ownership;
  /** What the bucket forgets by itself. @default - unfinished uploads after 7 days, old versions after 90 */
  readonly lifecycle?: Lifecycle;
  /** Bucket that receives a record of every request. @default - no records */
  readonly accessLogs?: IBucket;
  /** Whether requests without TLS are refused. @default - they are, unless the bucket is a website */
  readonly tlsOnly?: boolean;
  /** Pages, for a bucket with a website endpoint. @default - no website endpoint */
  readonly website?: Website;
  /** Whether changes of objects become events on the account's EventBridge bus. @default - they do not */
  readonly emitsEvents?: boolean;
  /** Whether destroying the bucket destroys what is in it. @default - a bucket with objects stays */
  readonly forceDestroy?: boolean;
}

/** A bucket that is kept elsewhere. */
export interface BucketAttributes {
  readonly bucketName: string;
  /** @default - made from the name */
  readonly bucketArn?: string;
  /** Region of the bucket. */
  readonly region: string;
  /** @default - none that readers would need a grant on */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * Defines an S3 bucket that nobody else can read.
 *
 * Creates, in this order: the bucket, ownership, public access block, versioning, encryption, lifecycle, one policy that
 * refuses plain HTTP and holds whatever is added; logging and a website endpoint when asked for.
 * Cost: by the gigabyte and the request; versions count until the lifecycle ends them.
 *
 * @example
 * const artifacts = new Bucket(this, "Artifacts");
 * artifacts.grants.read(role);
 */
export class Bucket extends Construct implements IBucket {
  /** A bucket that is kept elsewhere. Its policy and settings are not this stack's to write. */
  static fromAttributes(scope: Construct, id: string, attributes: BucketAttributes): IBucket {
    return new ImportedBucket(scope, id, attributes);
  }

  readonly bucketName: string;
  readonly bucketArn: string;
  readonly bucketRegionalDomainName: string;
  readonly bucketId: string;
  readonly encryptionKey: IEncryptionKey | undefined;
  readonly grants: BucketGrants;
  /** Address of the website, without a scheme, as AWS gives it; nothing when the bucket has no website endpoint. */
  readonly websiteEndpoint: string | undefined;
  readonly settled: readonly ITerraformDependable[];
  private readonly policy: BucketPolicy;

  constructor(scope: Construct, id: string, props: BucketProps = {}) {
    super(scope, id);
    this.check(props);
    const { publicAccess = PublicAccess.blocked(), website } = props;
    const bucket = new S3Bucket(this, "Resource", {
      ...this.nameOf(props),
      forceDestroy: props.forceDestroy ?? false,
    });
    this.node.defaultChild = bucket;
    this.bucketName = bucket.bucket;
    this.bucketId = bucket.id;
    this.bucketArn = bucket.arn;
    this.bucketRegionalDomainName = bucket.bucketRegionalDomainName;
    this.encryptionKey = props.encryption?.encryptionKey;

    const ownership = settings.ownership(this, bucket.id, props.ownership);
    const block = settings.publicAccessBlock(this, bucket.id, publicAccess);
    const versioning = settings.versioning(this, bucket.id, props.versioned);
    const encrypted = settings.encryption(this, bucket.id, props.encryption);
    settings.lifecycle(this, bucket.id, versioning, props.lifecycle);
    settings.logging(this, bucket, props.accessLogs);
    settings.events(this, bucket.id, props.emitsEvents);
    this.websiteEndpoint = settings.website(this, bucket.id, website)?.websiteEndpoint;
    this.settled = [versioning, encrypted, ownership];

    this.policy = new BucketPolicy(this, "Policy", { bucket, publicAccess, after: [block, ownership] });
    if (props.tlsOnly ?? website === undefined) this.policy.refusePlainHttp();
    this.grants = new BucketGrants(this);
  }

  addToPolicy(...statements: readonly Statement[]): readonly ITerraformDependable[] {
    return [this.policy.add(statements)];
  }

  /**
   * Writes a small text object, once versions and encryption are set: one written before would have no version, and then
   * cannot be destroyed. What a build makes belongs into a pipeline's `aws s3 sync`, not here.
   */
  addObject(key: string, props: ObjectProps): void {
    new S3Object(this, key, {
      bucket: this.bucketId,
      key,
      content: props.content,
      contentType: props.contentType ?? contentTypeOf(key),
      ...(props.cacheControl === undefined ? {} : { cacheControl: props.cacheControl }),
      ...(props.keptBy === "others" ? { lifecycle: { ignoreChanges: "all" } } : {}),
      dependsOn: [...this.settled],
    });
  }

  private nameOf({ bucketName, website }: BucketProps): { bucket: string } | { bucketPrefix: string } {
    if (bucketName === undefined) return { bucketPrefix: bucketPrefix(this) };
    return { bucket: checkedBucketName(bucketName, this, website === undefined ? "no dots" : "dots") };
  }

  private check({ website, tlsOnly, encryption, bucketName, accessLogs }: BucketProps): void {
    if (website !== undefined && tlsOnly === true)
      throw STO004.violation({
        at: this,
        given: "a website endpoint and tlsOnly",
        fix: "leave one of them out, or serve the bucket through CloudFront",
      });
    if (website !== undefined && encryption?.encryptionKey !== undefined)
      throw STO004.violation({
        at: this,
        given: "a website endpoint and a key of the account's own",
        fix: "leave one of them out, or serve the bucket through CloudFront",
      });
    if (bucketName !== undefined && !isToken(bucketName) && accessLogs?.bucketName === bucketName)
      throw STO005.violation({
        at: this,
        given: `access logs of "${bucketName}" in itself`,
        fix: "log into another bucket",
      });
  }
}
