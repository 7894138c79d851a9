import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketWebsiteConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-website-configuration";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { TrustPolicy } from "@groundwork/constructs/aws/iam/trust-policy";
import { AccessLogs } from "@groundwork/constructs/aws/site/access-logs";
import { Content } from "@groundwork/constructs/aws/site/content";
import { Hosting } from "@groundwork/constructs/aws/site/hosting";
import { SIT005 } from "@groundwork/constructs/aws/site/rules";
import { StaticSite, type StaticSiteProps } from "@groundwork/constructs/aws/site/static-site";
import { LogBucket } from "@groundwork/constructs/aws/storage/log-bucket";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { awsStack, resource, resources, synthesized } from "../../../support/fixture";
import { statementsOf } from "../../../support/policy";

function siteWith(props: StaticSiteProps = {}) {
  const stack = awsStack("us-west-2");
  return { stack, site: new StaticSite(stack, "Site", props) };
}

/** Permissions of a role that deploys the site. */
function deployment({ stack, site }: { stack: TerraformStack; site: StaticSite }) {
  site.grants.deploy(new Role(stack, "Runner", { trust: TrustPolicy.service("ec2.amazonaws.com") }));
  return statementsOf(resource(stack, IamRolePolicy)).map(({ Action, Resource }) => ({ Action, Resource }));
}

/** The site of the environment `lab`. */
function labSite() {
  return siteWith({ hosting: Hosting.publicWebsite(), bucketName: "my-static-website-111122223333" });
}

/** A value in the synthesized configuration. */
function resolved(stack: TerraformStack, value: string): unknown {
  new TerraformOutput(stack, "value", { value });
  return synthesized(stack)["output"]?.["value"]?.["value"];
}

/** Address of the bucket with the pages; there may be a log bucket, too. */
function contentBucket(stack: TerraformStack) {
  const [bucket] = resources(stack, S3Bucket).filter(({ address }) => address.includes("Site_Bucket"));
  return bucket?.address ?? "";
}

describe("StaticSite as a public website", () => {
  test("creates the bucket with website hosting and index.html, without a distribution", () => {
    const { stack } = labSite();
    expect(resource(stack, S3Bucket)["bucket"]).toBe("my-static-website-111122223333");
    const website = resource(stack, S3BucketWebsiteConfiguration);
    expect(website["index_document"]).toEqual({ suffix: "index.html" });
    expect(website["error_document"]).toBeUndefined();
    expect(resources(stack, CloudfrontDistribution)).toEqual([]);
  });

  test("disables all four public access blocks before it sets the policy", () => {
    const { stack } = labSite();
    const block = resource(stack, S3BucketPublicAccessBlock);
    expect(block).toMatchObject({
      block_public_acls: false,
      block_public_policy: false,
      ignore_public_acls: false,
      restrict_public_buckets: false,
    });
    expect(resource(stack, S3BucketPolicy)["depends_on"]).toContain(block.address);
  });

  test("has exactly the required bucket policy", () => {
    const { stack } = labSite();
    expect(statementsOf(resource(stack, S3BucketPolicy))).toEqual([
      {
        Sid: "PublicReadGetObject",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: `\${${contentBucket(stack)}.arn}/*`,
      },
    ]);
  });

  test("takes its URL from the resource, because its form depends on the region", () => {
    const { stack, site } = labSite();
    const website = resource(stack, S3BucketWebsiteConfiguration);
    expect(resolved(stack, site.url)).toBe(`http://\${${website.address}.website_endpoint}`);
  });

  test("supports an error page", () => {
    const { stack } = siteWith({ hosting: Hosting.publicWebsite({ errorDocument: "404.html" }) });
    expect(resource(stack, S3BucketWebsiteConfiguration)["error_document"]).toEqual({ key: "404.html" });
  });

  test("grants a deployment role exactly four permissions", () => {
    const site = labSite();
    const bucket = contentBucket(site.stack);
    expect(deployment(site)).toEqual([
      { Action: "s3:ListBucket", Resource: `\${${bucket}.arn}` },
      { Action: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"], Resource: `\${${bucket}.arn}/*` },
    ]);
  });
});

describe("StaticSite behind CloudFront", () => {
  test("is the default and has no website endpoint", () => {
    const { stack, site } = siteWith();
    expect(resources(stack, S3BucketWebsiteConfiguration)).toEqual([]);
    expect(resolved(stack, site.url)).toBe(
      `https://\${${resource(stack, CloudfrontDistribution).address}.domain_name}`,
    );
  });

  test("blocks public access to both buckets", () => {
    const blocks = resources(siteWith().stack, S3BucketPublicAccessBlock);
    expect(blocks).toHaveLength(2);
    expect(
      blocks.every((block) => block["block_public_policy"] === true && block["restrict_public_buckets"] === true),
    ).toBe(true);
  });

  test("grants only its distribution read and list access", () => {
    const { stack } = siteWith();
    const arn = `\${${resource(stack, CloudfrontDistribution).address}.arn}`;
    const policy = resources(stack, S3BucketPolicy).find(({ address }) => address.includes("Site_Bucket"));
    const statements = policy === undefined ? [] : statementsOf(policy);
    expect(statements.map(({ Sid }) => Sid)).toEqual(["TlsOnly", "CloudFrontReads", "CloudFrontSeesWhatIsMissing"]);
    for (const statement of statements.slice(1))
      expect(statement).toMatchObject({
        Principal: { Service: "cloudfront.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceArn": arn } },
      });
  });

  test("grants a deployment role the same permissions and cache invalidation", () => {
    const site = siteWith();
    const bucket = contentBucket(site.stack);
    expect(deployment(site)).toEqual([
      { Action: "s3:ListBucket", Resource: `\${${bucket}.arn}` },
      { Action: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"], Resource: `\${${bucket}.arn}/*` },
      {
        Action: "cloudfront:CreateInvalidation",
        Resource: `\${${resource(site.stack, CloudfrontDistribution).address}.arn}`,
      },
    ]);
  });

  test("stores access logs of CloudFront and of its bucket in its own log bucket", () => {
    const { stack } = siteWith();
    expect(resources(stack, S3Bucket)).toHaveLength(2);
    expect(resource(stack, S3BucketLoggingA)["target_prefix"]).toBe("s3/test-site-bucket/");
    expect(resource(stack, CloudfrontDistribution)["logging_config"]).toMatchObject({ prefix: "cloudfront/" });
  });

  test("stores access logs in a given bucket, or nowhere", () => {
    const stack = awsStack();
    const logs = new LogBucket(stack, "Logs", { bucketName: "all-the-logs" });
    new StaticSite(stack, "Site", { accessLogs: AccessLogs.to(logs) });
    expect(resources(stack, S3Bucket)).toHaveLength(2);
    const without = siteWith({ accessLogs: AccessLogs.none() }).stack;
    expect(resources(without, S3Bucket)).toHaveLength(1);
    expect(resource(without, CloudfrontDistribution)["logging_config"]).toBeUndefined();
  });

  test("allows its distribution and deployment role to use its KMS key", () => {
    const stack = awsStack();
    const hosting = Hosting.cloudFront({ encryptionKey: new EncryptionKey(stack, "Key") });
    const site = new StaticSite(stack, "Site", { hosting });
    expect(statementsOf(resource(stack, KmsKey))[1]).toMatchObject({
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "kms:Decrypt",
      Condition: { StringEquals: { "aws:SourceArn": `\${${resource(stack, CloudfrontDistribution).address}.arn}` } },
    });
    expect(deployment({ stack, site }).map(({ Action }) => Action)).toContainEqual([
      "kms:Decrypt",
      "kms:GenerateDataKey",
    ]);
  });
});

describe("StaticSite", () => {
  test("has an initial page, whose later changes Terraform ignores", () => {
    const { stack } = siteWith();
    expect(resource(stack, S3Object)).toMatchObject({
      key: "index.html",
      content_type: "text/html; charset=utf-8",
      cache_control: "no-cache",
      lifecycle: { ignore_changes: "all" },
    });
  });

  test("has the given initial page, or none", () => {
    expect(resource(siteWith({ content: Content.page("<p>soon</p>") }).stack, S3Object)["content"]).toBe("<p>soon</p>");
    expect(resources(siteWith({ content: Content.none() }).stack, S3Object)).toEqual([]);
  });

  test("is not destroyed with pages and logs by default", () => {
    const kept = resources(siteWith().stack, S3Bucket).map((bucket) => bucket["force_destroy"]);
    const forced = resources(siteWith({ forceDestroy: true }).stack, S3Bucket).map((bucket) => bucket["force_destroy"]);
    expect([kept, forced]).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  test("supports another index document with both hosting variants", () => {
    const website = siteWith({ hosting: Hosting.publicWebsite(), indexDocument: "home.htm" }).stack;
    expect(resource(website, S3BucketWebsiteConfiguration)["index_document"]).toEqual({ suffix: "home.htm" });
    const distribution = siteWith({ indexDocument: "home.htm" }).stack;
    expect(resource(distribution, CloudfrontDistribution)["default_root_object"]).toBe("home.htm");
  });

  test.each(["", "/index.html", "pages/index.html", "pages/"])("rejects %p as its index document", (indexDocument) => {
    expect(() => siteWith({ indexDocument })).toViolate(SIT005);
  });

  test("rejects an error document with a leading slash", () => {
    expect(() => Hosting.publicWebsite({ errorDocument: "/404.html" })).toViolate(SIT005);
  });
});

describe("names of pages", () => {
  test.each(["Policy", "Resource", "Default", "Versioning", "a--b.html"])(
    "can equal the ids of the constructs of a bucket: %s",
    (indexDocument) => {
      const { stack } = siteWith({ indexDocument });
      expect(resource(stack, S3Object)["key"]).toBe(indexDocument);
    },
  );
});
