import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { Duration } from "../../core/duration";
import { Name } from "../../core/name";
import type { IEncryptionKey } from "../encryption/encryption-key";
import { KeyUse } from "../encryption/key-use";
import { Role } from "../iam/role";
import { Statement } from "../iam/statement";
import { Trust } from "../iam/trust";

/** Where the records of a network's traffic go. */
export type FlowLogDestination =
  | { readonly kind: "none" }
  | { readonly kind: "cloudwatch"; readonly retention: Duration; readonly encryptionKey?: IEncryptionKey }
  | { readonly kind: "bucket"; readonly bucketArn: string };

/**
 * Defines where the records of a network's traffic go, and how long they stay.
 *
 * @example FlowLogs.toCloudWatch({ retention: Duration.days(90) }); FlowLogs.toBucket(logs.bucketArn)
 */
export class FlowLogs {
  /** No records. After an incident nobody can say what happened. */
  static none(): FlowLogs {
    return new FlowLogs({ kind: "none" });
  }

  /** A log group of the network's own. Cost: ingestion by the gigabyte; retention is cheap beside it. */
  static toCloudWatch(
    props: {
      /** How long records stay. @default - a year */
      readonly retention?: Duration;
      /** Key that encrypts the group. @default - AWS's own key */
      readonly encryptionKey?: IEncryptionKey;
    } = {},
  ): FlowLogs {
    const { retention = Duration.days(365), encryptionKey } = props;
    return new FlowLogs({
      kind: "cloudwatch",
      retention,
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
  }

  /** A bucket, which keeps records for a tenth of the price; its lifecycle says how long. */
  static toBucket(bucketArn: string): FlowLogs {
    return new FlowLogs({ kind: "bucket", bucketArn });
  }

  private constructor(readonly destination: FlowLogDestination) {}
}

/** Records all traffic of a network, accepted and refused, once a minute. Made by `Network`. */
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
      tags: { Name: Name.of(this).toString() },
    });
  }

  private logGroup(destination: FlowLogDestination & { kind: "cloudwatch" }): {
    logDestination: string;
    iamRoleArn: string;
  } {
    const { retention, encryptionKey } = destination;
    const name = `/aws/vpc/${Name.of(this).fit({ service: "log group", maxLength: 500, pattern: /^[\w./#-]+$/ })}`;
    encryptionKey?.allow(KeyUse.cloudWatchLogs(name));
    const group = new CloudwatchLogGroup(this, "LogGroup", {
      name,
      retentionInDays: retention.toDays(),
      ...(encryptionKey === undefined ? {} : { kmsKeyId: encryptionKey.keyArn }),
    });
    const role = new Role(this, "Role", { trust: Trust.service("vpc-flow-logs.amazonaws.com") });
    role.addToPolicy(
      Statement.allow({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        resources: [`${group.arn}:*`],
      }),
    );
    return { logDestination: group.arn, iamRoleArn: role.roleArn };
  }
}
