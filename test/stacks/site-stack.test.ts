import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketWebsiteConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-website-configuration";
import { readEnvironment } from "@groundwork/stacks/environments/environment";
import { production } from "../support/environments/production";
import { sitesOf } from "@groundwork/stacks/environments/sections";
import { SiteStack } from "@groundwork/stacks/site-stack";
import { resource, resources, synthesized, testApp } from "../support/fixture";
import { stackOf } from "../support/stacks";

interface Policy {
  readonly Statement: readonly Record<string, unknown>[];
}

function policyOf(block: Readonly<Record<string, unknown>>): Policy {
  return JSON.parse(String(block["policy"])) as Policy;
}

describe("lab-site", () => {
  const stack = stackOf("lab-site");
  const bucket = resource(stack, S3Bucket);

  test("is the lab's public website: its name, its index, its policy", () => {
    expect(bucket["bucket"]).toBe("my-static-website-${data.aws_caller_identity.Caller.account_id}");
    expect(resource(stack, S3BucketWebsiteConfiguration)["index_document"]).toEqual({ suffix: "index.html" });
    expect(policyOf(resource(stack, S3BucketPolicy)).Statement).toEqual([
      {
        Sid: "PublicReadGetObject",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: `\${${bucket.address}.arn}/*`,
      },
    ]);
    expect((synthesized(stack) as unknown as { provider: { aws: { region: string }[] } }).provider.aws[0]?.region).toBe(
      "us-west-2",
    );
  });

  test("relaxes the public access block before the bucket policy is created", () => {
    const block = resource(stack, S3BucketPublicAccessBlock);
    expect(block).toMatchObject({
      block_public_acls: false,
      block_public_policy: false,
      ignore_public_acls: false,
      restrict_public_buckets: false,
    });
    expect(resource(stack, S3BucketPolicy)["depends_on"]).toContain(block.address);
  });

  test("permits the deployer exactly what a sync needs", () => {
    const statements = policyOf(resource(stack, IamRolePolicy)).Statement;
    const actions = statements.flatMap((statement) => statement["Action"] as string | string[]);
    expect([...actions].sort()).toEqual(["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]);
  });
});

describe("production-site", () => {
  const stack = stackOf("production-site");

  test("is private behind CloudFront", () => {
    const blocks = resources(stack, S3BucketPublicAccessBlock);
    expect(
      blocks.every((block) => block["block_public_policy"] === true && block["restrict_public_buckets"] === true),
    ).toBe(true);
    expect(resources(stack, CloudfrontDistribution)).toHaveLength(1);
  });

  test("creates a provider in us-east-1 only when a certificate is issued", () => {
    const regions = (made: SiteStack | typeof stack) =>
      (synthesized(made) as unknown as { provider: { aws: { region: string }[] } }).provider.aws.map(
        ({ region }) => region,
      );
    expect(regions(stack)).toEqual(["ap-northeast-2", "us-east-1"]);
    const { domain: _, ...hosting } = production.site.hosting;
    const data = { ...production, site: { ...production.site, hosting } };
    const environment = readEnvironment("production.ts", data);
    const [section] = sitesOf(environment);
    if (section === undefined) throw new Error("production has a site");
    const { id, site } = section;
    expect(regions(new SiteStack(testApp(), id, { environment, site }))).toEqual(["ap-northeast-2"]);
  });
});
