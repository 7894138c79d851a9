import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { S3BucketWebsiteConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-website-configuration";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { Principal } from "@groundwork/constructs/aws/iam/principal";
import { Statement } from "@groundwork/constructs/aws/iam/statement";
import { Bucket, type BucketProps } from "@groundwork/constructs/aws/storage/bucket";
import { BucketEncryption } from "@groundwork/constructs/aws/storage/settings/bucket-encryption";
import { Lifecycle } from "@groundwork/constructs/aws/storage/settings/lifecycle";
import { LogBucket } from "@groundwork/constructs/aws/storage/log-bucket";
import { PublicAccess } from "@groundwork/constructs/aws/storage/settings/public-access";
import { STO001, STO002, STO003, STO004, STO005, STO006 } from "@groundwork/constructs/aws/storage/rules";
import { Duration } from "@groundwork/constructs/core/duration";
import { App, TerraformStack } from "cdktf";
import { awsStack, resource, resources } from "../../../support/fixture";
import { statementNamed, statementsOf } from "../../../support/policy";

function bucketWith(props: BucketProps = {}) {
  const stack = awsStack();
  return { stack, bucket: new Bucket(stack, "Files", props) };
}

const website = { indexDocument: "index.html" };

/** A statement that allows anyone to read the objects of a bucket. */
function publicRead(bucket: Bucket): Statement {
  return Statement.allow({
    actions: ["s3:GetObject"],
    resources: [`${bucket.bucketArn}/*`],
    principals: [Principal.anyone()],
  });
}

describe("Bucket", () => {
  test("blocks public access with all four settings", () => {
    const { stack } = bucketWith();
    expect(resource(stack, S3BucketPublicAccessBlock)).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test("has versioning, encryption, and ownership of all objects", () => {
    const { stack } = bucketWith();
    expect(resource(stack, S3BucketVersioningA)["versioning_configuration"]).toEqual({ status: "Enabled" });
    expect(resource(stack, S3BucketOwnershipControls)["rule"]).toEqual({ object_ownership: "BucketOwnerEnforced" });
    expect(resource(stack, S3BucketServerSideEncryptionConfigurationA)["rule"]).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false },
    ]);
  });

  test("denies requests without TLS", () => {
    const { stack } = bucketWith();
    const { address } = resource(stack, S3Bucket);
    expect(statementsOf(resource(stack, S3BucketPolicy))).toEqual([
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [`\${${address}.arn}`, `\${${address}.arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  test("expires unfinished uploads after a week and noncurrent versions after 90 days, and no objects", () => {
    const { stack } = bucketWith();
    const rules = resource(stack, S3BucketLifecycleConfiguration)["rule"];
    expect(rules).toMatchObject([
      { status: "Enabled", abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] },
      {
        status: "Enabled",
        noncurrent_version_expiration: [{ noncurrent_days: 90 }],
        expiration: [{ expired_object_delete_marker: true }],
      },
    ]);
  });

  test("expires objects after their retention, and nothing with Lifecycle.none()", () => {
    const { stack } = bucketWith({ lifecycle: Lifecycle.tidy({ keepObjects: Duration.days(30) }) });
    expect(resource(stack, S3BucketLifecycleConfiguration)["rule"]).toMatchObject([{}, { expiration: [{ days: 30 }] }]);
    expect(resources(bucketWith({ lifecycle: Lifecycle.none() }).stack, S3BucketLifecycleConfiguration)).toEqual([]);
  });

  test("cannot be destroyed with objects unless forceDestroy is set", () => {
    expect(resource(bucketWith().stack, S3Bucket)["force_destroy"]).toBe(false);
    expect(resource(bucketWith({ forceDestroy: true }).stack, S3Bucket)["force_destroy"]).toBe(true);
  });

  test("has a unique name derived from its path, or the specified name", () => {
    expect(resource(bucketWith().stack, S3Bucket)).toMatchObject({ bucket_prefix: "test-files-" });
    expect(resource(bucketWith({ bucketName: "my-files" }).stack, S3Bucket)).toMatchObject({ bucket: "my-files" });
  });

  test("truncates a long path to the length of a name prefix", () => {
    const stack = awsStack();
    new Bucket(stack, "AnExtraordinarilyLongNameForAnOrdinaryBucket");
    expect(String(resource(stack, S3Bucket)["bucket_prefix"]).length).toBeLessThanOrEqual(37);
  });

  test("encrypts with a customer managed key and a bucket key", () => {
    const stack = awsStack();
    new Bucket(stack, "Files", { encryption: BucketEncryption.key(new EncryptionKey(stack, "Key")) });
    expect(resource(stack, S3BucketServerSideEncryptionConfigurationA)["rule"]).toMatchObject([
      { apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms" }, bucket_key_enabled: true },
    ]);
  });

  test("has a single policy, created after the public access block", () => {
    const { stack, bucket } = bucketWith({ publicAccess: PublicAccess.possible() });
    bucket.addToPolicy(publicRead(bucket));
    const policy = resource(stack, S3BucketPolicy);
    expect(statementsOf(policy)).toHaveLength(2);
    expect(policy["depends_on"]).toContain(resource(stack, S3BucketPublicAccessBlock).address);
  });

  test("writes objects after versioning and encryption", () => {
    const { stack, bucket } = bucketWith();
    bucket.addObject("robots.txt", { content: "User-agent: *\n" });
    const object = resource(stack, S3Object);
    expect(object).toMatchObject({ key: "robots.txt", content_type: "text/plain; charset=utf-8" });
    expect(object["depends_on"]).toEqual(
      expect.arrayContaining([
        resource(stack, S3BucketVersioningA).address,
        resource(stack, S3BucketServerSideEncryptionConfigurationA).address,
      ]),
    );
  });

  test("ignores later changes of an object that others manage", () => {
    const { stack, bucket } = bucketWith();
    bucket.addObject("index.html", { content: "soon", managedBy: "others" });
    expect(resource(stack, S3Object)["lifecycle"]).toEqual({ ignore_changes: "all" });
  });

  test("writes access logs to another bucket whose policy allows delivery for this bucket only", () => {
    const stack = awsStack();
    new Bucket(stack, "Files", { accessLogs: new LogBucket(stack, "Logs") });
    const policies = resources(stack, S3BucketPolicy).flatMap((policy) => statementsOf(policy));
    const delivery = policies.find((statement) => statement["Action"] === "s3:PutObject");
    const [files] = resources(stack, S3Bucket).filter((bucket) => bucket["bucket_prefix"] === "test-files-");
    expect(delivery).toMatchObject({
      Principal: { Service: "logging.s3.amazonaws.com" },
      Condition: { ArnLike: { "aws:SourceArn": `\${${files?.address ?? ""}.arn}` } },
    });
    const logging = resource(stack, S3BucketLoggingA);
    expect(logging["target_prefix"]).toBe("s3/test-files/");
    expect(String(logging["depends_on"])).toMatch(/^aws_s3_bucket_policy\.Logs_/);
  });

  test("has a website endpoint and accepts plain HTTP when it has pages", () => {
    const { stack, bucket } = bucketWith({ website: { ...website, errorDocument: "404.html" } });
    expect(resource(stack, S3BucketWebsiteConfiguration)).toMatchObject({
      index_document: { suffix: "index.html" },
      error_document: { key: "404.html" },
    });
    expect(resources(stack, S3BucketPolicy)).toEqual([]);
    expect(bucket.websiteEndpoint).toBeDefined();
    expect(bucketWith().bucket.websiteEndpoint).toBeUndefined();
  });

  test("sends events to EventBridge with emitsEvents", () => {
    expect(resource(bucketWith({ emitsEvents: true }).stack, S3BucketNotification)["eventbridge"]).toBe(true);
    expect(resources(bucketWith().stack, S3BucketNotification)).toEqual([]);
  });

  test("imported, creates nothing and prints the required policy statements as warnings", () => {
    const stack = awsStack();
    const bucket = Bucket.fromAttributes(stack, "Files", { bucketName: "my-files", region: "us-west-2" });
    bucket.addToPolicy(Statement.deny({ actions: ["s3:*"], resources: ["*"], principals: [Principal.anyone()] }));
    expect(bucket.bucketArn).toBe("arn:aws:s3:::my-files");
    expect(bucket.bucketRegionalDomainName).toBe("my-files.s3.us-west-2.amazonaws.com");
    expect(resources(stack, S3Bucket)).toEqual([]);
    expect(bucket.node.metadata).toHaveLength(1);
  });

  test.each([
    "ab",
    "a".repeat(64),
    "My-Files",
    "my_files",
    "-files",
    "files-",
    ".files",
    "my..files",
    "my.-files",
    "192.168.7.5",
    "xn--files",
    "sthree-files",
    "amzn-s3-demo-files",
    "files-s3alias",
    "files--ol-s3",
    "files.mrap",
    "files--x-s3",
    "files--table-s3",
  ])("rejects the name %p", (bucketName) => {
    expect(() => bucketWith({ bucketName, website })).toViolate(STO001, /test\/Files/);
  });

  test("rejects a name with dots, except for a website endpoint, which has no TLS", () => {
    expect(() => bucketWith({ bucketName: "www.example.com" })).toViolate(STO001, /dots/);
    expect(() => bucketWith({ bucketName: "www.example.com", website })).not.toThrow();
  });

  test("accepts a name that is known only at apply", () => {
    expect(() => bucketWith({ bucketName: "site-${data.aws_caller_identity.a.account_id}" })).not.toThrow();
  });

  test("rejects a name that another bucket of the tree has, in any stack", () => {
    const stack = awsStack();
    new Bucket(stack, "Files", { bucketName: "my-files" });
    const other = new TerraformStack(App.of(stack), "other");
    expect(() => new Bucket(other, "Files", { bucketName: "my-files" })).toViolate(STO002, /test\/Files/);
    expect(() => bucketWith({ bucketName: "my-files" })).not.toThrow();
  });

  test("rejects a public policy while public access is blocked", () => {
    const { bucket } = bucketWith();
    expect(() => bucket.addToPolicy(publicRead(bucket))).toViolate(STO003, /PublicAccess\.possible/);
  });

  test("rejects a website endpoint with tlsOnly", () => {
    expect(() => bucketWith({ website, tlsOnly: true })).toViolate(STO004, /CloudFront/);
  });

  test("rejects a website endpoint with a customer managed key", () => {
    const stack = awsStack();
    const encryption = BucketEncryption.key(new EncryptionKey(stack, "Key"));
    expect(() => new Bucket(stack, "Files", { website, encryption })).toViolate(STO004, /customer managed key/);
  });

  test("rejects access logs in the same bucket", () => {
    const stack = awsStack();
    const itself = LogBucket.fromAttributes(stack, "Itself", { bucketName: "my-files", region: "us-west-2" });
    expect(() => new Bucket(stack, "Files", { bucketName: "my-files", accessLogs: itself })).toViolate(STO005);
  });

  test("rejects retention in parts of days", () => {
    expect(() => Lifecycle.tidy({ keepObjects: Duration.hours(36) })).toViolate(STO006);
  });
});

describe("LogBucket", () => {
  test("accepts the access control list that CloudFront adds, and expires records after a year", () => {
    const stack = awsStack();
    new LogBucket(stack, "Logs");
    expect(resource(stack, S3BucketOwnershipControls)["rule"]).toEqual({ object_ownership: "BucketOwnerPreferred" });
    expect(resource(stack, S3BucketLifecycleConfiguration)["rule"]).toMatchObject([
      {},
      { expiration: [{ days: 365 }] },
    ]);
    expect(resource(stack, S3BucketPublicAccessBlock)).toMatchObject({ block_public_acls: true });
    expect(statementNamed(resource(stack, S3BucketPolicy), "TlsOnly")).toMatchObject({ Effect: "Deny" });
  });
});
