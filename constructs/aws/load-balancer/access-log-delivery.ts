import { DataAwsElbServiceAccount } from "@cdktf/provider-aws/lib/data-aws-elb-service-account";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Principal } from "../iam/principal";
import { Statement } from "../iam/statement";
import { hashOf } from "../../core/text";
import type { Region } from "../region";
import type { ILogBucket } from "../storage/log-bucket";
import type { BalancerKind } from "./target-group";

/**
 * Regions in which application load balancers deliver logs from an account of AWS. Newer regions use a service principal.
 * Source: "Enable access logs for your Application Load Balancer" in the user guide of Elastic Load Balancing.
 */
const WITH_ACCOUNT = [
  ...[
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "ca-central-1",
    "sa-east-1",
  ],
  ...[
    "ap-east-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
  ],
  ...["ap-southeast-3", "eu-central-1", "eu-north-1", "eu-south-1", "eu-west-1", "eu-west-2", "eu-west-3"],
  ...["af-south-1", "me-south-1", "cn-north-1", "cn-northwest-1"],
];

/** Properties of {@link AccessLogDelivery}. */
export interface AccessLogDeliveryProps {
  readonly kind: BalancerKind;
  readonly bucket: ILogBucket;
  /** Prefix of the objects, unique within the bucket. */
  readonly prefix: string;
  readonly region: Region;
}

/** The permission of a load balancer to write its logs. Created by `ApplicationLoadBalancer` and `NetworkLoadBalancer`. */
export class AccessLogDelivery extends Construct {
  /** The policy of the bucket: AWS writes a test object when logs are enabled. */
  readonly permission: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AccessLogDeliveryProps) {
    super(scope, id);
    const { bucket, prefix, kind } = props;
    const account = new DataAwsCallerIdentity(this, "Account").accountId;
    const resources = [`${bucket.bucketArn}/${prefix}/AWSLogs/${account}/*`];
    const sid = `Logs${hashOf(scope.node.path)}`;
    const statements =
      kind === "application"
        ? [Statement.allow({ sid, actions: ["s3:PutObject"], resources, principals: [this.principal(props)] })]
        : networkStatements(sid, resources, bucket.bucketArn, account);
    this.permission = bucket.addToPolicy(...statements);
  }

  private principal({ region }: AccessLogDeliveryProps): Principal {
    if (!WITH_ACCOUNT.includes(region.name)) return Principal.service("logdelivery.elasticloadbalancing.amazonaws.com");
    return Principal.arn(new DataAwsElbServiceAccount(this, "ServiceAccount").arn);
  }
}

function networkStatements(sid: string, resources: readonly string[], bucketArn: string, account: string): Statement[] {
  const principals = [Principal.service("delivery.logs.amazonaws.com")];
  const own = { "aws:SourceAccount": account };
  return [
    Statement.allow({
      sid,
      actions: ["s3:PutObject"],
      resources,
      principals,
      conditions: { StringEquals: { ...own, "s3:x-amz-acl": "bucket-owner-full-control" } },
    }),
    Statement.allow({
      sid: `${sid}Acl`,
      actions: ["s3:GetBucketAcl"],
      resources: [bucketArn],
      principals,
      conditions: { StringEquals: own },
    }),
  ];
}
