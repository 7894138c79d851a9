import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { defined } from "../../core/defined";
import { checkedText } from "../../core/text-rule";
import { escapeTerraform, isToken } from "../../core/token";
import type { IEncryptionKey } from "../encryption/encryption-key";
import { parseArn } from "../iam/arn";
import { OBJECT_HEADER } from "../limits";
import type { Statement } from "../iam/statement";
import { partitionOf } from "../partition";
import { checkedRegion } from "../region";
import type { BucketEncryption } from "./settings/bucket-encryption";
import { BucketGrants } from "./bucket-grants";
import { bucketPrefix, checkedBucketName, existingBucketName } from "./settings/bucket-name";
import { BucketPolicy } from "./settings/bucket-policy";
import * as settings from "./settings/bucket-settings";
import type { Lifecycle } from "./settings/lifecycle";
import { ObjectIds } from "./settings/object-ids";
import { contentTypeOf, type ObjectProps } from "./settings/object-content";
import type { Ownership } from "./settings/ownership";
import { PublicAccess } from "./settings/public-access";
import { STO004, STO005 } from "./rules";
import type { Website } from "./settings/website";

/** An S3 bucket, created here or existing. */
export interface IBucket extends IConstruct {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** ARN of the bucket. */
  readonly bucketArn: string;
  /** Regional host name of the bucket. */
  readonly bucketRegionalDomainName: string;
  /** Customer managed key that encrypts the objects, if there is one. */
  readonly encryptionKey: IEncryptionKey | undefined;
  /** Grants of object permissions to identities. */
  readonly grants: BucketGrants;
  /** Settings that must exist before objects are written, for `dependsOn` of resources that write to the bucket. */
  readonly writeDependencies: readonly ITerraformDependable[];
  /**
   * Adds statements for services and other accounts to the bucket policy, and returns the resources that must exist before
   * they apply. For an existing bucket, prints the required statements as warnings instead.
   */
  addToPolicy(...statements: readonly Statement[]): readonly ITerraformDependable[];
}

/** Properties of {@link Bucket}. */
export interface BucketProps {
  /** Physical name, globally unique. @default - the construct path with a unique suffix */
  readonly bucketName?: string;
  /** Encryption of the objects. @default - BucketEncryption.s3Managed() */
  readonly encryption?: BucketEncryption;
  /** Whether overwritten and deleted objects are kept as versions. @default true */
  readonly versioned?: boolean;
  /** Whether a policy can make the bucket public. @default - PublicAccess.blocked() */
  readonly publicAccess?: PublicAccess;
  /** Object ownership, which determines whether access control lists apply. @default - Ownership.enforced(): they do not apply */
  readonly ownership?: Ownership;
  /** Lifecycle rules. @default - unfinished uploads expire after 7 days, noncurrent versions after 90 days */
  readonly lifecycle?: Lifecycle;
  /** Bucket that receives the access logs. @default - no access logs */
  readonly accessLogs?: IBucket;
  /** Whether requests without TLS are denied. @default - true, unless the bucket has a website endpoint */
  readonly tlsOnly?: boolean;
  /** Pages of a website endpoint. @default - no website endpoint */
  readonly website?: Website;
  /** Whether object changes are sent to the EventBridge bus of the account. @default false */
  readonly emitsEvents?: boolean;
  /** Whether the objects are deleted when the bucket is destroyed. @default - false: a bucket with objects cannot be destroyed */
  readonly forceDestroy?: boolean;
}

/** Attributes of an existing bucket. */
export interface BucketAttributes {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** ARN of the bucket. @default - derived from the name and the partition of the region */
  readonly bucketArn?: string;
  /** Region of the bucket. */
  readonly region: string;
  /** Customer managed key that encrypts the objects. @default - none */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * Defines a private S3 bucket.
 *
 * Creates, in this order: the bucket, ownership, public access block, versioning, encryption, lifecycle rules, and a single
 * policy that denies plain HTTP and contains all added statements; access logging and a website endpoint are optional.
 * Cost: storage per gigabyte and requests; noncurrent versions count until the lifecycle removes them.
 *
 * @example
 * const artifacts = new Bucket(this, "Artifacts");
 * artifacts.grants.read(role);
 */
export class Bucket extends Construct implements IBucket {
  /** An existing bucket. Its policy and settings are not managed by this stack. */
  static fromAttributes(scope: Construct, id: string, attributes: BucketAttributes): IBucket {
    const { region, encryptionKey } = attributes;
    const { name: partition, domain } = partitionOf(checkedRegion(region, scope));
    const bucketName = existingBucketName(attributes.bucketName, scope);
    const bucketArn = attributes.bucketArn ?? `arn:${partition}:s3:::${bucketName}`;
    parseArn(bucketArn, "s3", scope);
    class Import extends Construct implements IBucket {
      readonly bucketName = bucketName;
      readonly bucketArn = bucketArn;
      readonly bucketRegionalDomainName = `${bucketName}.s3.${region}.${domain}`;
      readonly encryptionKey = encryptionKey;
      readonly grants: BucketGrants = new BucketGrants(this);
      readonly writeDependencies = [];

      addToPolicy(...statements: readonly Statement[]): readonly ITerraformDependable[] {
        for (const statement of statements)
          Annotations.of(this).addWarning(
            `this stack does not manage the policy of bucket ${bucketName}; it must contain: ${JSON.stringify(statement.render())}`,
          );
        return [];
      }
    }
    return new Import(scope, id);
  }

  /** Name of the bucket. */
  readonly bucketName: string;
  /** ARN of the bucket. */
  readonly bucketArn: string;
  readonly bucketRegionalDomainName: string;
  /** Id of the bucket, which is its name. */
  readonly bucketId: string;
  readonly encryptionKey: IEncryptionKey | undefined;
  readonly grants: BucketGrants;
  /** Host name of the website endpoint; undefined without a website endpoint. */
  readonly websiteEndpoint: string | undefined;
  readonly writeDependencies: readonly ITerraformDependable[];
  private readonly policy: BucketPolicy;
  private readonly objectIds = new ObjectIds(this);

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
    this.writeDependencies = [versioning, encrypted, ownership];

    this.policy = new BucketPolicy(this, "Policy", { bucket, publicAccess, after: [block, ownership] });
    if (props.tlsOnly ?? website === undefined) this.policy.denyPlainHttp();
    this.grants = new BucketGrants(this);
  }

  addToPolicy(...statements: readonly Statement[]): readonly ITerraformDependable[] {
    return [this.policy.add(statements)];
  }

  /**
   * Adds a small text object, which is written after versioning and encryption are set: an earlier object would have no version
   * id and could not be destroyed. Publish build results with `aws s3 sync` in a pipeline instead.
   */
  addObject(key: string, props: ObjectProps): void {
    new S3Object(this, this.objectIds.idOf(key), {
      bucket: this.bucketId,
      key: escapeTerraform(key),
      content: escapeTerraform(props.content),
      contentType: checkedText(props.contentType ?? contentTypeOf(key), OBJECT_HEADER, this),
      ...defined({ cacheControl: props.cacheControl && checkedText(props.cacheControl, OBJECT_HEADER, this) }),
      ...(props.managedBy === "others" ? { lifecycle: { ignoreChanges: "all" } } : {}),
      dependsOn: [...this.writeDependencies],
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
        fix: "remove one of the two, or serve the bucket through CloudFront",
      });
    if (website !== undefined && encryption?.encryptionKey !== undefined)
      throw STO004.violation({
        at: this,
        given: "a website endpoint and a customer managed key",
        fix: "remove one of the two, or serve the bucket through CloudFront",
      });
    if (bucketName !== undefined && !isToken(bucketName) && accessLogs?.bucketName === bucketName)
      throw STO005.violation({
        at: this,
        given: `access logs of "${bucketName}" in the same bucket`,
        fix: "use another bucket for the logs",
      });
  }
}
