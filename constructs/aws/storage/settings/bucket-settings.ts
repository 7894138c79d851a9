import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { S3BucketWebsiteConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-website-configuration";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { defined } from "../../../core/defined";
import { Name } from "../../../core/name";
import { escapeTerraform } from "../../../core/token";
import { Principal } from "../../iam/principal";
import { Statement } from "../../iam/statement";
import type { IBucket } from "../bucket";
import { BucketEncryption } from "./bucket-encryption";
import { Lifecycle } from "./lifecycle";
import { Ownership } from "./ownership";
import type { PublicAccess } from "./public-access";
import type { Website } from "./website";

// Each setting of a bucket is a separate resource in the S3 API; each function here creates one of them.

/** Ownership of objects that other accounts write. */
export function ownership(
  scope: Construct,
  bucket: string,
  { setting }: Ownership = Ownership.enforced(),
): ITerraformDependable {
  return new S3BucketOwnershipControls(scope, "Ownership", { bucket, rule: { objectOwnership: setting } });
}

/** The four settings of the public access block, all enabled or all disabled. */
export function publicAccessBlock(scope: Construct, bucket: string, { isBlocked }: PublicAccess): ITerraformDependable {
  return new S3BucketPublicAccessBlock(scope, "PublicAccess", {
    bucket,
    blockPublicAcls: isBlocked,
    blockPublicPolicy: isBlocked,
    ignorePublicAcls: isBlocked,
    restrictPublicBuckets: isBlocked,
  });
}

/** Versioning, enabled or suspended: S3 cannot disable it once it has been enabled. */
export function versioning(scope: Construct, bucket: string, versioned = true): ITerraformDependable {
  return new S3BucketVersioningA(scope, "Versioning", {
    bucket,
    versioningConfiguration: { status: versioned ? "Enabled" : "Suspended" },
  });
}

/** Encryption of new objects. */
export function encryption(
  scope: Construct,
  bucket: string,
  chosen: BucketEncryption = BucketEncryption.s3Managed(),
): ITerraformDependable {
  return new S3BucketServerSideEncryptionConfigurationA(scope, "Encryption", {
    bucket,
    rule: [
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: chosen.algorithm,
          ...defined({ kmsMasterKeyId: chosen.encryptionKey?.keyArn }),
        },
        bucketKeyEnabled: chosen.encryptionKey !== undefined,
      },
    ],
  });
}

/** Lifecycle rules. They depend on versioning, because they refer to noncurrent versions. */
export function lifecycle(
  scope: Construct,
  bucket: string,
  after: ITerraformDependable,
  { rules }: Lifecycle = Lifecycle.tidy(),
): void {
  if (rules.length === 0) return;
  new S3BucketLifecycleConfiguration(scope, "Lifecycle", { bucket, rule: [...rules], dependsOn: [after] });
}

/** Access logging. The policy of the target allows log delivery for this bucket only; S3 requires it before logging is enabled. */
export function logging(scope: Construct, bucket: S3Bucket, target: IBucket | undefined): void {
  if (target === undefined) return;
  const targetPrefix = `s3/${Name.of(scope).toString()}/`;
  const dependsOn = target.addToPolicy(
    Statement.allow({
      actions: ["s3:PutObject"],
      resources: [`${target.bucketArn}/${targetPrefix}*`],
      principals: [Principal.service("logging.s3.amazonaws.com")],
      // Another account can own a bucket of this name after it was deleted.
      conditions: {
        ArnLike: { "aws:SourceArn": bucket.arn },
        StringEquals: { "aws:SourceAccount": new DataAwsCallerIdentity(scope, "LoggingAccount").accountId },
      },
    }),
  );
  new S3BucketLoggingA(scope, "Logging", {
    bucket: bucket.id,
    targetBucket: target.bucketName,
    targetPrefix: escapeTerraform(targetPrefix),
    dependsOn: [...dependsOn],
  });
}

/** Events on the EventBridge bus of the account. */
export function events(scope: Construct, bucket: string, enabled = false): void {
  if (enabled) new S3BucketNotification(scope, "Events", { bucket, eventbridge: true });
}

/** The website endpoint. */
export function website(
  scope: Construct,
  bucket: string,
  pages: Website | undefined,
): S3BucketWebsiteConfiguration | undefined {
  if (pages === undefined) return undefined;
  return new S3BucketWebsiteConfiguration(scope, "Website", {
    bucket,
    indexDocument: { suffix: escapeTerraform(pages.indexDocument) },
    ...defined({
      errorDocument: pages.errorDocument === undefined ? undefined : { key: escapeTerraform(pages.errorDocument) },
    }),
  });
}
