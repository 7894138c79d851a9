import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { FlowLogs } from "@groundwork/constructs/aws/network/flow-logs";
import { Network, type NetworkProps } from "@groundwork/constructs/aws/network/network";
import { IAM008 } from "@groundwork/constructs/aws/iam/rules";
import { LOG_RETENTION_DAYS } from "@groundwork/constructs/aws/limits";
import { AWS004 } from "@groundwork/constructs/aws/rules";
import { Region } from "@groundwork/constructs/aws/region";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Duration } from "@groundwork/constructs/core/duration";
import { awsStack, resource, resources } from "../../../support/fixture";

function stackWith(props: Pick<NetworkProps, "flowLogs">) {
  const stack = awsStack();
  new Network(stack, "Network", {
    cidr: Cidr.parse("10.0.0.0/16"),
    zones: Region.of("ap-northeast-2").zones(2),
    ...props,
  });
  return stack;
}

describe("FlowLogs", () => {
  test("record all traffic with a retention of one year by default", () => {
    const stack = stackWith({});
    expect(resource(stack, FlowLog)).toMatchObject({ traffic_type: "ALL", max_aggregation_interval: 60 });
    expect(resource(stack, CloudwatchLogGroup)).toMatchObject({
      name: "/aws/vpc/test-network-flow-logs",
      retention_in_days: 365,
    });
  });

  test("have a role that can write to their own log group only", () => {
    const stack = stackWith({ flowLogs: FlowLogs.toCloudWatch({ retention: Duration.days(30) }) });
    const group = resource(stack, CloudwatchLogGroup);
    const policy = JSON.parse(String(resource(stack, IamRolePolicy)["policy"])) as {
      Statement: { Resource: string }[];
    };
    expect(policy.Statement.map((statement) => statement.Resource)).toEqual([`\${${group.address}.arn}:*`]);
    expect(group["retention_in_days"]).toBe(30);
  });

  test("have a role that the service can assume for its own account only", () => {
    const stack = stackWith({ flowLogs: FlowLogs.toCloudWatch({ retention: Duration.days(30) }) });
    const trust = JSON.parse(String(resource(stack, IamRole)["assume_role_policy"])) as object;
    expect(trust).toMatchObject({
      Statement: [
        {
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Condition: {
            StringEquals: {
              "aws:SourceAccount": expect.stringMatching(
                /^\$\{data\.aws_caller_identity\.\w+\.account_id\}$/,
              ) as string,
            },
          },
        },
      ],
    });
  });

  test("are encrypted with a key that CloudWatch may use for this log group only", () => {
    const stack = awsStack();
    const encryptionKey = new EncryptionKey(stack, "Key");
    new Network(stack, "Network", {
      cidr: Cidr.parse("10.0.0.0/16"),
      zones: Region.of("ap-northeast-2").zones(2),
      flowLogs: FlowLogs.toCloudWatch({ encryptionKey }),
    });
    const key = resource(stack, KmsKey);
    expect(resource(stack, CloudwatchLogGroup)["kms_key_id"]).toBe(`\${${key.address}.arn}`);
    expect(key["policy"]).toContain("log-group:/aws/vpc/test-network-flow-logs");
  });

  test("are written to a bucket without a role", () => {
    const stack = stackWith({ flowLogs: FlowLogs.toBucket("arn:aws:s3:::logs") });
    expect(resource(stack, FlowLog)).toMatchObject({
      log_destination_type: "s3",
      log_destination: "arn:aws:s3:::logs",
    });
    expect(resources(stack, CloudwatchLogGroup)).toEqual([]);
  });

  test("are omitted with FlowLogs.none()", () => {
    expect(resources(stackWith({ flowLogs: FlowLogs.none() }), FlowLog)).toEqual([]);
  });

  test.each([
    [2, "1) or Duration.days(3"],
    [45, "30) or Duration.days(60"],
    [100, "90) or Duration.days(120"],
    [366, "365) or Duration.days(400"],
    [3_654, "3653"],
  ])("rejects a retention of %d days, which CloudWatch Logs does not offer", (days, nearest) => {
    expect(() => FlowLogs.toCloudWatch({ retention: Duration.days(days) })).toViolate(
      AWS004,
      new RegExp(`use Duration\\.days\\(${nearest.replace(/[().]/g, "\\$&")}\\)`),
    );
  });

  test("accepts every retention that CloudWatch Logs offers, and no other up to ten years", () => {
    const accepted = Array.from({ length: 3_700 }, (_, index) => index + 1).filter((days) => {
      try {
        FlowLogs.toCloudWatch({ retention: Duration.days(days) });
        return true;
      } catch {
        return false;
      }
    });
    expect(accepted).toEqual(LOG_RETENTION_DAYS);
    expect(() => FlowLogs.toCloudWatch({ retention: Duration.hours(36) })).toViolate(AWS004);
  });

  test.each(["x", "logs", "arn:aws:s3", "arn:aws:logs:us-west-2:111122223333:log-group:x", "arn:awsx:s3:::logs", ""])(
    "rejects %p as the ARN of a bucket",
    (arn) => expect(() => FlowLogs.toBucket(arn)).toViolate(IAM008),
  );
});
