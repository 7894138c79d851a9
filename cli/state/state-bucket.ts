import {
  CreateBucketCommand,
  type BucketLocationConstraint,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { AwsSession } from "../aws/aws-session";
import type { StateLocation } from "./state-locations";

/** Id of the policy statement that rejects requests without TLS. */
const TLS_ONLY = "TlsOnly";

/** Days for which replaced states are kept. */
const KEPT_DAYS = 90;

interface Policy {
  readonly Version?: string;
  readonly Statement?: readonly (Readonly<Record<string, unknown>> & { readonly Sid?: string })[];
}

/** What {@link createStateBucket} has done. */
export type Outcome = "created" | "updated";

/**
 * Creates the bucket of Terraform states, or sets the properties of an existing one. Is idempotent.
 *
 * Versioning restores an overwritten state; objects are encrypted, and neither public nor readable without TLS. The lock file of a stack
 * is an object next to its state, so no table is needed.
 */
export async function createStateBucket(session: AwsSession, { bucket, region }: StateLocation): Promise<Outcome> {
  const s3 = session.client(S3Client);
  const isNew = !(await exists(s3, bucket));
  if (isNew) await s3.send(new CreateBucketCommand({ Bucket: bucket, ...locationOf(region) }));
  await protect(s3, bucket);
  await s3.send(
    new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(await policyOf(s3, bucket, region)) }),
  );
  return isNew ? "created" : "updated";
}

/** S3 rejects us-east-1 as a location: it is the default. */
function locationOf(region: string): { CreateBucketConfiguration?: { LocationConstraint: BucketLocationConstraint } } {
  return region === "us-east-1"
    ? {}
    : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
}

async function exists(s3: S3Client, bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) return false;
    if (status === 403 || status === 301)
      throw new Error(
        `the bucket ${bucket} belongs to another account or region; bucket names are unique in the world, use another name in backend.bucket`,
        { cause: error },
      );
    throw error;
  }
}

async function protect(s3: S3Client, bucket: string): Promise<void> {
  const Bucket = bucket;
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" }, BucketKeyEnabled: true }],
      },
    }),
  );
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  await s3.send(
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    }),
  );
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: {
        Rules: [
          {
            ID: "ReplacedStates",
            Status: "Enabled",
            Filter: { Prefix: "" },
            NoncurrentVersionExpiration: { NoncurrentDays: KEPT_DAYS, NewerNoncurrentVersions: 10 },
          },
        ],
      },
    }),
  );
}

/** The policy of the bucket with the statement for TLS; other statements remain. */
async function policyOf(s3: S3Client, bucket: string, region: string): Promise<Policy> {
  const { Statement = [], ...existing } = await existingPolicy(s3, bucket);
  const arn = `arn:${partitionOf(region)}:s3:::${bucket}`;
  const tlsOnly = {
    Sid: TLS_ONLY,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return {
    Version: "2012-10-17",
    ...existing,
    Statement: [...Statement.filter(({ Sid }) => Sid !== TLS_ONLY), tlsOnly],
  };
}

async function existingPolicy(s3: S3Client, bucket: string): Promise<Policy> {
  try {
    const { Policy: text = "{}" } = await s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    return JSON.parse(text) as Policy;
  } catch (error) {
    if (statusOf(error) === 404) return {};
    throw error;
  }
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function statusOf(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
