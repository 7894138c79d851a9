import { DataAwsKmsAlias } from "@cdktf/provider-aws/lib/data-aws-kms-alias";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { EncryptionKey, type EncryptionKeyProps } from "@groundwork/constructs/aws/encryption/encryption-key";
import { KeyUse } from "@groundwork/constructs/aws/encryption/key-use";
import { KMS001, KMS002, KMS003 } from "@groundwork/constructs/aws/encryption/rules";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { IAM008 } from "@groundwork/constructs/aws/iam/rules";
import { TrustPolicy } from "@groundwork/constructs/aws/iam/trust-policy";
import { Duration } from "@groundwork/constructs/core/duration";
import { NAM001, NAM002, TXT001 } from "@groundwork/constructs/core/rules";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { resolved } from "../../../support/cluster";
import { awsStack, resource, resources, testApp } from "../../../support/fixture";
import { statementsOf } from "../../../support/policy";

function keyWith(props: EncryptionKeyProps = {}) {
  const stack = awsStack();
  return { stack, key: new EncryptionKey(stack, "Key", props) };
}

describe("EncryptionKey", () => {
  test("rotates its material every year, has a deletion window of 30 days, and an alias", () => {
    const { stack } = keyWith();
    expect(resource(stack, KmsKey)).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    expect(resource(stack, KmsAlias)["name"]).toBe("alias/test-key");
  });

  test("has the specified rotation period", () => {
    const { stack } = keyWith({ rotationPeriod: Duration.days(90) });
    expect(resource(stack, KmsKey)["rotation_period_in_days"]).toBe(90);
  });

  test("is administered by its account, so that IAM policies apply", () => {
    const { stack } = keyWith();
    expect(statementsOf(resource(stack, KmsKey))).toEqual([
      {
        Sid: "AccountAdministers",
        Effect: "Allow",
        Principal: {
          AWS: expect.stringMatching(/^arn:aws:iam::\$\{data\.aws_caller_identity\.\w+\.account_id\}:root$/) as string,
        },
        Action: "kms:*",
        Resource: "*",
      },
    ]);
  });

  test("allows CloudWatch Logs for log groups that match a pattern only", () => {
    const { stack, key } = keyWith();
    key.allow(KeyUse.cloudWatchLogs("/aws/eks/*"));
    expect(statementsOf(resource(stack, KmsKey))[1]).toMatchObject({
      Principal: {
        Service: expect.stringMatching(/^logs\.\$\{data\.aws_region\.\w+\.id\}\.amazonaws\.com$/) as string,
      },
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": expect.stringMatching(
            /^arn:aws:logs:.*:log-group:\/aws\/eks\/\*$/,
          ) as string,
        },
      },
    });
  });

  test("allows CloudFront to decrypt for one distribution", () => {
    const { stack, key } = keyWith();
    key.allow(KeyUse.cloudFront("arn:aws:cloudfront::111122223333:distribution/E1"));
    expect(statementsOf(resource(stack, KmsKey))[1]).toMatchObject({
      Action: "kms:Decrypt",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceArn": "arn:aws:cloudfront::111122223333:distribution/E1" } },
    });
  });

  test("allows services only with a condition that excludes other accounts", () => {
    const { stack, key } = keyWith();
    key.allow(
      KeyUse.cloudWatchLogs("*"),
      KeyUse.cloudFront("arn:aws:cloudfront::111122223333:distribution/E"),
      KeyUse.logDelivery(),
      KeyUse.s3Logging(),
    );
    const services = statementsOf(resource(stack, KmsKey)).slice(1);
    expect(services).toHaveLength(4);
    expect(services.filter((statement) => statement["Condition"] === undefined)).toEqual([]);
  });

  test("adds grants to the policy of the identity", () => {
    const { stack, key } = keyWith();
    key.grants.decrypt(new Role(stack, "Reader", { trust: TrustPolicy.service("ec2.amazonaws.com") }));
    expect(statementsOf(resource(stack, IamRolePolicy))).toEqual([
      { Effect: "Allow", Action: "kms:Decrypt", Resource: `\${${resource(stack, KmsKey).address}.arn}` },
    ]);
    expect(statementsOf(resource(stack, KmsKey))).toHaveLength(1);
  });

  test("imported by ARN, adds grants and prints the required policy statements as warnings", () => {
    const stack = awsStack();
    const key = EncryptionKey.fromArn(stack, "Key", "arn:aws:kms:us-east-1:111122223333:key/1");
    key.allow(KeyUse.logDelivery());
    expect(resources(stack, KmsKey)).toEqual([]);
    expect(key.node.metadata.map(({ data }) => String(data)).join()).toContain("delivery.logs.amazonaws.com");
  });

  test("imported by alias, prints no warning for uses that are allowed already", () => {
    const stack = awsStack();
    const logs = () => KeyUse.cloudWatchLogs("/aws/eks/*");
    const key = EncryptionKey.fromAlias(stack, "Key", "lab-eks-key", logs());
    key.allow(logs(), KeyUse.s3Logging());
    expect(resource(stack, DataAwsKmsAlias)["name"]).toBe("alias/lab-eks-key");
    expect(resolved(stack, key.keyArn)).toBe("${data.aws_kms_alias.KeyAlias.target_key_arn}");
    expect(key.node.metadata.map(({ data }) => String(data))).toEqual([expect.stringContaining("logging.s3")]);
  });

  test("rejects an invalid alias of another stack", () => {
    expect(() => EncryptionKey.fromAlias(awsStack(), "Key", "alias:key")).toViolate(NAM001);
  });

  test.each([1, 6, 31])("rejects a deletion window of %d days", (days) => {
    expect(() => keyWith({ deletionWindow: Duration.days(days) })).toViolate(KMS001, /7.*30/);
  });

  test.each([89, 2_561])("rejects rotation every %d days", (days) => {
    expect(() => keyWith({ rotationPeriod: Duration.days(days) })).toViolate(KMS002, /90.*2560/);
  });

  test("rejects an alias that is reserved for AWS", () => {
    expect(() => keyWith({ aliasName: "aws/s3" })).toViolate(NAM001);
  });

  test("rejects an ARN of another service", () => {
    expect(() => EncryptionKey.fromArn(awsStack(), "Key", "arn:aws:s3:::b")).toViolate(IAM008);
  });

  test.each([
    ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
    ["us-west-2", "aws", "amazonaws.com"],
  ])(
    "has the partition and the domain of %s in its policy, also when the provider is created later",
    (region, partition, domain) => {
      const stack = new TerraformStack(testApp(), "later");
      const key = new EncryptionKey(stack, "Key");
      key.allow(KeyUse.cloudWatchLogs("/aws/eks/*"));
      new AwsProvider(stack, "aws", { region });
      const policy = String(resource(stack, KmsKey)["policy"]);
      expect(policy.match(/arn:aws[a-z-]*:(iam|logs)/g)).toEqual([`arn:${partition}:iam`, `arn:${partition}:logs`]);
      expect(/logs\.\$\{[^}]*\}\.([a-z.]+)/.exec(policy)?.[1]).toBe(domain);
    },
  );

  test("accepts a description of 8,192 characters, rejects a longer one, and shortens a long path", () => {
    expect(() => keyWith({ description: "x".repeat(8_192) })).not.toThrow();
    expect(() => keyWith({ description: "x".repeat(8_193) })).toViolate(TXT001, /KMS key description/);
    const stack = awsStack();
    const deep = Array.from({ length: 90 }, () => "x".repeat(100)).reduce<Construct>(
      (scope, id) => new Construct(scope, id),
      stack,
    );
    new EncryptionKey(deep, "Key");
    expect(resource(stack, KmsKey)["description"]).toHaveLength(8_192);
  });

  test("passes any description to KMS unchanged", () => {
    expect(resource(keyWith({ description: "“q” ${x} %{y}" }).stack, KmsKey)["description"]).toBe("“q” $${x} %%{y}");
  });

  test("rejects an alias that another key of the stack has", () => {
    const stack = awsStack();
    new EncryptionKey(stack, "One", { aliasName: "logs" });
    expect(() => new EncryptionKey(stack, "Two", { aliasName: "logs" })).toViolate(NAM002, /test\/One has/);
  });

  test.each([
    "foo",
    "",
    "alias/logs",
    "arn:aws:kms:us-east-1:12:key/1",
    "arn:awsx:kms:us-east-1:111122223333:key/1",
    "arn:aws:kms:us-east-1:111122223333:alias/logs",
    "arn:aws:s3:::bucket",
  ])("rejects %p as the ARN of a key", (arn) => {
    expect(() => EncryptionKey.fromArn(awsStack(), "Key", arn)).toViolate(IAM008);
  });

  test.each([
    ["all actions", () => KeyUse.service("x.amazonaws.com", ["kms:*"], { StringEquals: { "aws:SourceAccount": "1" } })],
    [
      "all services' actions",
      () => KeyUse.service("x.amazonaws.com", ["*"], { StringEquals: { "aws:SourceAccount": "1" } }),
    ],
    ["no condition", () => KeyUse.service("x.amazonaws.com", ["kms:Decrypt"], {})],
    ["an empty condition", () => KeyUse.service("x.amazonaws.com", ["kms:Decrypt"], { StringEquals: {} })],
    ["an ARN instead of a log group", () => KeyUse.cloudWatchLogs("arn:aws:logs:us-west-2:111122223333:log-group:x")],
    ["no log group", () => KeyUse.cloudWatchLogs("")],
  ])("rejects a use with %s", (_, use) => expect(use).toViolate(KMS003));

  test.each(["foo", "arn:aws:cloudfront::12:distribution/E", "arn:aws:cloudfront::111122223333:function/x"])(
    "rejects %p as a distribution",
    (arn) => expect(() => KeyUse.cloudFront(arn)).toViolate(IAM008),
  );
});
