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
import { IAM008 } from "@groundwork/constructs/aws/iam/rules";
import { Statement } from "@groundwork/constructs/aws/iam/statement";
import { AWS001 } from "@groundwork/constructs/aws/rules";
import { Bucket, type BucketProps } from "@groundwork/constructs/aws/storage/bucket";
import { BucketEncryption } from "@groundwork/constructs/aws/storage/settings/bucket-encryption";
import { Lifecycle } from "@groundwork/constructs/aws/storage/settings/lifecycle";
import { LogBucket } from "@groundwork/constructs/aws/storage/log-bucket";
import { PublicAccess } from "@groundwork/constructs/aws/storage/settings/public-access";
import { STO001, STO002, STO003, STO004, STO005, STO006, STO007 } from "@groundwork/constructs/aws/storage/rules";
import { Duration } from "@groundwork/constructs/core/duration";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { awsStack, resource, resources, testApp } from "../../../support/fixture";
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
      Condition: {
        ArnLike: { "aws:SourceArn": `\${${files?.address ?? ""}.arn}` },
        StringEquals: {
          "aws:SourceAccount": expect.stringMatching(/^\$\{data\.aws_caller_identity\.\w+\.account_id\}$/),
        },
      },
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
    expect(() => bucketWith({ bucketName: "site-${TfToken[TOKEN.1]}" })).not.toThrow();
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

  test.each(["sthree-x", "xn--x", "amzn-s3-demo-x"])("rejects a generated name that begins like its stack %p", (id) => {
    const stack = new TerraformStack(testApp(), id);
    expect(() => new Bucket(stack, "Files")).toViolate(STO001, /reserved prefixes/);
    expect(() => new Bucket(stack, "Named", { bucketName: "my-files" })).not.toThrow();
  });

  test("accepts two unnamed buckets whose paths result in one prefix: S3 appends a unique suffix", () => {
    const stack = awsStack();
    new Bucket(new Construct(stack, "a"), "b-c");
    expect(() => new Bucket(new Construct(stack, "a-b"), "c")).not.toThrow();
  });

  test.each([
    ["cn-north-1", "arn:aws-cn:s3:::my-files", "my-files.s3.cn-north-1.amazonaws.com.cn"],
    ["us-gov-west-1", "arn:aws-us-gov:s3:::my-files", "my-files.s3.us-gov-west-1.amazonaws.com"],
    ["eusc-de-east-1", "arn:aws-eusc:s3:::my-files", "my-files.s3.eusc-de-east-1.amazonaws.eu"],
  ])("imported, has the partition and the domain of %s", (region, arn, domain) => {
    const bucket = Bucket.fromAttributes(awsStack(region), "Files", { bucketName: "my-files", region });
    expect([bucket.bucketArn, bucket.bucketRegionalDomainName]).toEqual([arn, domain]);
  });

  test.each([
    ["an invalid name", STO001, { bucketName: "My_Files" }],
    ["an invalid region", AWS001, { region: "foo" }],
    ["an ARN of another service", IAM008, { bucketArn: "arn:aws:sqs:us-west-2:111122223333:x" }],
    ["an ARN that is none", IAM008, { bucketArn: "my-files" }],
  ])("rejects an existing bucket with %s", (_, rule, props) => {
    const attributes = { bucketName: "my-files", region: "us-west-2", ...props };
    expect(() => Bucket.fromAttributes(awsStack(), "Files", attributes)).toViolate(rule, /at test/);
  });

  test("passes keys and contents with expressions to S3 unchanged", () => {
    const { stack, bucket } = bucketWith();
    bucket.addObject("a ${x}.html", { content: "<p>${x} %{y}</p>", cacheControl: "${x}", contentType: "text/${x}" });
    expect(resource(stack, S3Object)).toMatchObject({
      key: "a $${x}.html",
      content: "<p>$${x} %%{y}</p>",
      cache_control: "$${x}",
      content_type: "text/$${x}",
    });
  });

  test("adds objects whose keys result in one id, and objects that are named as settings of the bucket", () => {
    const { stack, bucket } = bucketWith({ website, emitsEvents: true });
    const keys = ["a/b", "a--b", "Policy", "Resource", "Website", "Events", "Logging", "a"];
    const before = bucketWith();
    before.bucket.addObject("a/b", { content: "" });
    for (const key of keys) bucket.addObject(key, { content: "" });
    const objects = resources(stack, S3Object);
    expect(objects.map(({ key }) => String(key)).sort()).toEqual([...keys].sort());
    expect(objects.find(({ key }) => key === "a/b")?.address).toBe(resource(before.stack, S3Object).address);
  });

  test.each([
    ["one key twice", ["a", "a"], /object "a" twice/],
    ["an empty key", [""], /use 1 to 1024 bytes/],
    ["a key of 1,025 bytes", ["é".repeat(512) + "x"], /1025 bytes/],
    ["a key that is known only at apply", ["${TfToken[TOKEN.1]}"], /known at synthesis/],
  ])("rejects objects with %s", (_, keys, message) => {
    const { bucket } = bucketWith();
    const add = () => {
      for (const key of keys) bucket.addObject(key, { content: "" });
    };
    expect(add).toViolate(STO007, message);
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
