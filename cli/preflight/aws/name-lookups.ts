import { randomUUID } from "node:crypto";
import { CloudWatchLogsClient, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeKeyPairsCommand, DescribeLaunchTemplatesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import { GetInstanceProfileCommand, GetPolicyCommand, GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { DescribeParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { AwsSession } from "../../aws/aws-session";
import { allItems } from "../../aws/pages";
import type { PlannedBlock } from "../plan";
import { orUndefined } from "../../aws/aws-errors";
import type { AwsCloud } from "./cloud";

/** Whether an object with a name exists; `taken` when it is in another account. */
export type Existence = "free" | "exists" | "taken";

/** How objects of a type are found by their names. */
export interface NameLookup {
  readonly type: string;
  /** The object in messages. */
  readonly label: string;
  /** Argument with the name. */
  readonly argument: string;
  readonly find: (cloud: AwsCloud, name: string) => Promise<Existence>;
  /** Whether a resource overwrites an existing object. @default - none does */
  readonly isReplaced?: (resource: PlannedBlock) => boolean;
}

/** Types of resources with names that cannot exist twice. */
export const LOOKUPS: readonly NameLookup[] = [
  {
    type: "aws_eks_cluster",
    label: "EKS cluster",
    argument: "name",
    find: ({ session }, name) =>
      found(session.client(EKSClient).send(new DescribeClusterCommand({ name })), "ResourceNotFoundException"),
  },
  { type: "aws_s3_bucket", label: "bucket", argument: "bucket", find: bucket },
  {
    type: "aws_iam_role",
    label: "IAM role",
    argument: "name",
    find: ({ session }, RoleName) =>
      found(session.client(IAMClient).send(new GetRoleCommand({ RoleName })), "NoSuchEntityException"),
  },
  {
    type: "aws_iam_instance_profile",
    label: "instance profile",
    argument: "name",
    find: ({ session }, InstanceProfileName) =>
      found(
        session.client(IAMClient).send(new GetInstanceProfileCommand({ InstanceProfileName })),
        "NoSuchEntityException",
      ),
  },
  {
    type: "aws_iam_policy",
    label: "IAM policy",
    argument: "name",
    find: ({ session, partition, account }, name) =>
      found(
        session
          .client(IAMClient)
          .send(new GetPolicyCommand({ PolicyArn: `arn:${partition}:iam::${account}:policy/${name}` })),
        "NoSuchEntityException",
      ),
  },
  {
    type: "aws_ecr_repository",
    label: "ECR repository",
    argument: "name",
    find: ({ session }, name) =>
      found(
        session.client(ECRClient).send(new DescribeRepositoriesCommand({ repositoryNames: [name] })),
        "RepositoryNotFoundException",
      ),
  },
  { type: "aws_cloudwatch_log_group", label: "log group", argument: "name", find: logGroup },
  {
    type: "aws_kms_alias",
    label: "KMS alias",
    argument: "name",
    find: ({ session }, KeyId) =>
      found(session.client(KMSClient).send(new DescribeKeyCommand({ KeyId })), "NotFoundException"),
  },
  {
    type: "aws_launch_template",
    label: "launch template",
    argument: "name",
    find: ({ session }, name) =>
      found(
        session.client(EC2Client).send(new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: [name] })),
        "InvalidLaunchTemplateName.NotFoundException",
      ),
  },
  {
    type: "aws_key_pair",
    label: "key pair",
    argument: "key_name",
    find: ({ session }, name) =>
      found(
        session.client(EC2Client).send(new DescribeKeyPairsCommand({ KeyNames: [name] })),
        "InvalidKeyPair.NotFound",
      ),
  },
  {
    type: "aws_ssm_parameter",
    label: "SSM parameter",
    argument: "name",
    isReplaced: ({ block }) => block["overwrite"] === true,
    find: parameter,
  },
];

async function found(call: Promise<unknown>, ...notFound: readonly string[]): Promise<Existence> {
  return (await orUndefined(call, ...notFound)) === undefined ? "free" : "exists";
}

/** Names of buckets are unique among all accounts and regions. */
async function bucket({ session }: AwsCloud, name: string): Promise<Existence> {
  const status = await statusOf(session, name);
  // The response has no body: 301 is a bucket in another region, 403 one of another account or a missing permission.
  if (status === 404) return "free";
  if (status === 200) return "exists";
  if (status === 403 && (await statusOf(session, `groundwork-${randomUUID()}`)) === 403)
    throw new Error("no permission for s3:ListBucket, which HeadBucket requires");
  return "taken";
}

/** HTTP status of a HEAD request for a bucket. */
async function statusOf(session: AwsSession, Bucket: string): Promise<number> {
  try {
    await session.client(S3Client).send(new HeadBucketCommand({ Bucket }));
    return 200;
  } catch (error) {
    const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 301 || status === 403 || status === 404) return status;
    throw error;
  }
}

async function logGroup({ session }: AwsCloud, name: string): Promise<Existence> {
  const client = session.client(CloudWatchLogsClient);
  const pages = paginateDescribeLogGroups({ client }, { logGroupNamePrefix: name });
  const groups = await allItems(pages, ({ logGroups }) => logGroups);
  return groups.some(({ logGroupName }) => logGroupName === name) ? "exists" : "free";
}

/** Reads the description of a parameter, not its value, which can be a secret. */
async function parameter({ session }: AwsCloud, name: string): Promise<Existence> {
  const filter = { Key: "Name", Option: "Equals", Values: [name] };
  const command = new DescribeParametersCommand({ ParameterFilters: [filter] });
  const { Parameters: parameters = [] } = await session.client(SSMClient).send(command);
  return parameters.length === 0 ? "free" : "exists";
}
