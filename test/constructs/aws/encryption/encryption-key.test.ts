import { DataAwsKmsAlias } from "@cdktf/provider-aws/lib/data-aws-kms-alias";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { EncryptionKey, type EncryptionKeyProps } from "@groundwork/constructs/aws/encryption/encryption-key";
import { KeyUse } from "@groundwork/constructs/aws/encryption/key-use";
import { KMS001, KMS002 } from "@groundwork/constructs/aws/encryption/rules";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { IAM008 } from "@groundwork/constructs/aws/iam/rules";
import { TrustPolicy } from "@groundwork/constructs/aws/iam/trust-policy";
import { Duration } from "@groundwork/constructs/core/duration";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { resolved } from "../../../support/cluster";
import { awsStack, resource, resources } from "../../../support/fixture";
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
      KeyUse.cloudFront("arn:aws:cloudfront::1:distribution/E"),
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
});
