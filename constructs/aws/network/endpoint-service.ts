import { partitionOf } from "../partition";

// In the regions of other partitions, the names of some endpoint services begin with the reversed domain of the partition
// (cn.com.amazonaws), and those of all others with com.amazonaws, as in the commercial regions.
// Source: `aws ec2 describe-vpc-endpoint-services` in these regions, as published in the AWS CDK (aws-ec2, vpc-endpoint.ts, 2026) and
// in public listings of cn-north-1.

/** Services with the reversed domain in both regions of China. */
const CHINA = [
  ...[
    "application-autoscaling",
    "appmesh-envoy-management",
    "athena",
    "autoscaling",
    "awsconnector",
    "backup",
    "batch",
  ],
  ...["cassandra", "cloudcontrolapi", "cloudformation", "codedeploy-commands-secure", "databrew", "dms", "ebs", "ec2"],
  ...["ecr.api", "ecr.dkr", "eks", "elasticache", "elasticbeanstalk", "elasticfilesystem", "elasticfilesystem-fips"],
  ...[
    "emr-containers",
    "execute-api",
    "fsx",
    "imagebuilder",
    "iot.data",
    "kinesis-streams",
    "lambda",
    "license-manager",
  ],
  ...["monitoring", "rds", "redshift", "redshift-data", "s3", "sagemaker.api", "sagemaker.featurestore-runtime"],
  ...["sagemaker.runtime", "securityhub", "servicecatalog", "sms", "sqs", "states", "sts", "sync-states", "synthetics"],
  ...["transcribe", "transcribestreaming", "transfer", "xray"],
];

const REVERSED_DOMAIN: ReadonlyMap<string, readonly string[]> = new Map([
  ["cn-north-1", [...CHINA, "iotsitewise.api", "iotsitewise.data"]],
  ["cn-northwest-1", [...CHINA, "account", "polly", "workspaces"]],
  ["eusc-de-east-1", ["ecr.api", "ecr.dkr", "execute-api", "securityhub"]],
]);

/** The service with `.cn` at the end of its name in China. */
const CHINESE_ENDING = "transcribe";

/** Name of an interface endpoint service in a region: `com.amazonaws.us-west-2.kms`, `cn.com.amazonaws.cn-north-1.sts`. */
export function interfaceServiceName(region: string, service: string): string {
  const isReversed = REVERSED_DOMAIN.get(region)?.includes(service) ?? false;
  const { name, domain } = partitionOf(region);
  const prefix = isReversed ? domain.split(".").reverse().join(".") : "com.amazonaws";
  return `${prefix}.${region}.${service}${name === "aws-cn" && service === CHINESE_ENDING ? ".cn" : ""}`;
}

/** Name of a gateway endpoint service, which is the same in all partitions. */
export function gatewayServiceName(region: string, service: string): string {
  return `com.amazonaws.${region}.${service}`;
}
