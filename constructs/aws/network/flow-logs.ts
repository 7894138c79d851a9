import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { Duration } from "../../core/duration";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import type { IEncryptionKey } from "../encryption/encryption-key";
import { KeyUse } from "../encryption/key-use";
import { parseArn } from "../iam/arn";
import { Role } from "../iam/role";
import { Statement } from "../iam/statement";
import { TrustPolicy } from "../iam/trust-policy";
import { LOG_GROUP_NAME } from "../limits";
import { logRetentionDays } from "../log-retention";
import { NET019 } from "./rules";

/** Destination of flow logs. */
export type FlowLogDestination =
  | { readonly kind: "none" }
  | { readonly kind: "cloudwatch"; readonly retention: Duration; readonly encryptionKey?: IEncryptionKey }
  | { readonly kind: "bucket"; readonly bucketArn: string };

/**
 * Defines the destination and the retention of a network's flow logs.
 *
 * @example FlowLogs.toCloudWatch({ retention: Duration.days(90) }); FlowLogs.toBucket(logs.bucketArn)
 */
export class FlowLogs {
  /** No flow logs. Traffic then cannot be analyzed after an incident. */
  static none(): FlowLogs {
    return new FlowLogs({ kind: "none" });
  }

  /** A CloudWatch log group. Cost: ingestion per gigabyte; storage is much cheaper. */
  static toCloudWatch(
    props: {
      /** Retention of the records: one of the periods that CloudWatch Logs offers (see `LOG_RETENTION_DAYS`). @default - one year */
      readonly retention?: Duration;
      /** Key that encrypts the log group. @default - a key of AWS */
      readonly encryptionKey?: IEncryptionKey;
    } = {},
  ): FlowLogs {
    const { retention = Duration.days(365), encryptionKey } = props;
    logRetentionDays(retention, "FlowLogs.toCloudWatch");
    return new FlowLogs({ kind: "cloudwatch", retention, ...defined({ encryptionKey }) });
  }

  /** A bucket, for about a tenth of the price; the bucket's lifecycle defines the retention. */
  static toBucket(bucketArn: string): FlowLogs {
    const resource = parseArn(bucketArn, "s3")?.resource ?? "";
    if (/\/AWSLogs(\/|$)/.test(resource))
      throw NET019.violation({ given: `"${bucketArn}"`, fix: "use another prefix, or the ARN of the bucket" });
    return new FlowLogs({ kind: "bucket", bucketArn });
  }

  private constructor(
    /** @internal */
    readonly destination: FlowLogDestination,
  ) {}
}

/** Defines a flow log of all traffic of a network, accepted and rejected, in intervals of a minute. Created by `Network`. */
export class FlowLogRecorder extends Construct {
  constructor(scope: Construct, id: string, networkId: string, logs: FlowLogs) {
    super(scope, id);
    const { destination } = logs;
    if (destination.kind === "none") return;
    this.node.defaultChild = new FlowLog(this, "Resource", {
      vpcId: networkId,
      trafficType: "ALL",
      maxAggregationInterval: 60,
      ...(destination.kind === "bucket"
        ? { logDestinationType: "s3", logDestination: destination.bucketArn }
        : this.logGroup(destination)),
      tags: { Name: Name.of(this).tag() },
    });
  }

  private logGroup(destination: FlowLogDestination & { kind: "cloudwatch" }): {
    logDestination: string;
    iamRoleArn: string;
  } {
    const { retention, encryptionKey } = destination;
    const name = `/aws/vpc/${Name.of(this).fit(LOG_GROUP_NAME)}`;
    encryptionKey?.allow(KeyUse.cloudWatchLogs(name));
    const group = new CloudwatchLogGroup(this, "LogGroup", {
      name,
      retentionInDays: logRetentionDays(retention, this),
      ...defined({ kmsKeyId: encryptionKey?.keyArn }),
    });
    // The service acts for every account of AWS: without the condition, another account could name this role for its own flow logs.
    const trust = TrustPolicy.service("vpc-flow-logs.amazonaws.com").when({
      StringEquals: { "aws:SourceAccount": new DataAwsCallerIdentity(this, "Account").accountId },
    });
    const role = new Role(this, "Role", { trust });
    role.addToPolicy(
      Statement.allow({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        resources: [`${group.arn}:*`],
      }),
    );
    return { logDestination: group.arn, iamRoleArn: role.roleArn };
  }
}
