import { defined } from "@groundwork/constructs/core";
import { ACCOUNT } from "./account";
import { signatureFor } from "./gateway/credentials";

/** One list call of an AWS service, without an SDK: for most of these services it is the only call. */
interface ListCall {
  readonly service: string;
  readonly kind: string;
  readonly path?: string;
  /** Query protocol: the operation. */
  readonly form?: string;
  /** JSON protocol: the operation's target. */
  readonly target?: string;
  /** JSON protocol: the arguments. @default - none */
  readonly body?: string;
  /** Finds the names in the response. */
  readonly names: RegExp;
  /** Objects that always exist. */
  readonly predefined?: RegExp;
}

/**
 * The calls that list every kind of object that stacks create on their own; parts of objects are deleted with them.
 *
 * Without network interfaces and snapshots: moto keeps the interfaces of deleted NAT gateways and instances, and has the snapshots of its
 * images.
 */
const LIST_CALLS: readonly ListCall[] = [
  ec2("VPC", "DescribeVpcs&Filter.1.Name=is-default&Filter.1.Value.1=false", /<vpcId>([^<]+)</g),
  ec2("subnet", "DescribeSubnets&Filter.1.Name=default-for-az&Filter.1.Value.1=false", /<subnetId>([^<]+)</g),
  ec2("elastic IP", "DescribeAddresses", /<allocationId>([^<]+)</g),
  ec2("NAT gateway", "DescribeNatGateways&Filter.1.Name=state&Filter.1.Value.1=available", /<natGatewayId>([^<]+)</g),
  ec2(
    "VPC endpoint",
    "DescribeVpcEndpoints&Filter.1.Name=vpc-endpoint-state&Filter.1.Value.1=available",
    /<vpcEndpointId>([^<]+)</g,
  ),
  ec2("flow log", "DescribeFlowLogs", /<flowLogId>([^<]+)</g),
  ec2("internet gateway", "DescribeInternetGateways", /<internetGatewayId>([^<]+)</g),
  ec2("launch template", "DescribeLaunchTemplates", /<launchTemplateId>([^<]+)</g),
  ec2(
    "instance",
    "DescribeInstances&Filter.1.Name=instance-state-name&Filter.1.Value.1=running",
    /<instanceId>([^<]+)</g,
  ),
  ec2("volume", "DescribeVolumes", /<volumeId>([^<]+)</g),
  ec2("image", "DescribeImages&Owner.1=self", /<imageId>([^<]+)</g),
  ec2("key pair", "DescribeKeyPairs", /<keyName>([^<]+)</g),
  { ...ec2("security group", "DescribeSecurityGroups", /<groupName>([^<]+)</g), predefined: /^default$/ },
  {
    ...ec2(
      "network ACL",
      "DescribeNetworkAcls&Filter.1.Name=default&Filter.1.Value.1=false",
      /<networkAclId>([^<]+)</g,
    ),
  },
  ec2("DHCP options", "DescribeDhcpOptions", /<dhcpOptionsId>([^<]+)</g),
  ec2("egress-only internet gateway", "DescribeEgressOnlyInternetGateways", /<egressOnlyInternetGatewayId>([^<]+)</g),
  ec2(
    "peering connection",
    "DescribeVpcPeeringConnections&Filter.1.Name=status-code&Filter.1.Value.1=active",
    /<vpcPeeringConnectionId>([^<]+)</g,
  ),
  ec2(
    "transit gateway",
    "DescribeTransitGateways&Filter.1.Name=state&Filter.1.Value.1=available",
    /<transitGatewayId>([^<]+)</g,
  ),
  {
    service: "elasticloadbalancing",
    kind: "load balancer",
    form: "DescribeLoadBalancers&Version=2015-12-01",
    names: /<LoadBalancerName>([^<]+)</g,
  },
  {
    service: "elasticloadbalancing",
    kind: "target group",
    form: "DescribeTargetGroups&Version=2015-12-01",
    names: /<TargetGroupName>([^<]+)</g,
  },
  {
    service: "elasticloadbalancing",
    kind: "classic load balancer",
    form: "DescribeLoadBalancers&Version=2012-06-01",
    names: /<LoadBalancerName>([^<]+)</g,
  },
  {
    service: "autoscaling",
    kind: "Auto Scaling group",
    form: "DescribeAutoScalingGroups&Version=2011-01-01",
    names: /<AutoScalingGroupName>([^<]+)</g,
  },
  {
    service: "autoscaling",
    kind: "launch configuration",
    form: "DescribeLaunchConfigurations&Version=2011-01-01",
    names: /<LaunchConfigurationName>([^<]+)</g,
  },
  { service: "s3", kind: "bucket", path: "/", names: /<Name>([^<]+)</g },
  {
    service: "iam",
    kind: "role",
    form: "ListRoles&Version=2010-05-08",
    names: /<RoleName>([^<]+)</g,
    predefined: /^AWSServiceRole/,
  },
  {
    service: "iam",
    kind: "instance profile",
    form: "ListInstanceProfiles&Version=2010-05-08",
    names: /<InstanceProfileName>([^<]+)</g,
  },
  {
    service: "iam",
    kind: "policy",
    form: "ListPolicies&Version=2010-05-08&Scope=Local",
    names: /<PolicyName>([^<]+)</g,
  },
  { service: "iam", kind: "user", form: "ListUsers&Version=2010-05-08", names: /<UserName>([^<]+)</g },
  { service: "iam", kind: "group", form: "ListGroups&Version=2010-05-08", names: /<GroupName>([^<]+)</g },
  {
    service: "iam",
    kind: "OIDC provider",
    form: "ListOpenIDConnectProviders&Version=2010-05-08",
    names: /<Arn>([^<]+)</g,
  },
  { service: "monitoring", kind: "alarm", form: "DescribeAlarms&Version=2010-08-01", names: /<AlarmName>([^<]+)</g },
  { service: "sns", kind: "topic", form: "ListTopics&Version=2010-03-31", names: /<TopicArn>([^<]+)</g },
  {
    service: "ssm",
    kind: "parameter",
    target: "AmazonSSM.DescribeParameters",
    body: '{"MaxResults":50}',
    names: /"Name":\s*"([^"]+)"/g,
    // moto lists AWS's public parameters among those of the account.
    predefined: /^\/aws\/service\//,
  },
  {
    service: "ssm",
    kind: "document",
    target: "AmazonSSM.ListDocuments",
    body: '{"Filters":[{"Key":"Owner","Values":["Self"]}]}',
    names: /"Name":\s*"([^"]+)"/g,
  },
  { service: "secretsmanager", kind: "secret", target: "secretsmanager.ListSecrets", names: /"Name":\s*"([^"]+)"/g },
  { service: "scheduler", kind: "schedule", path: "/schedules", names: /"Name":\s*"([^"]+)"/g },
  { service: "route53", kind: "hosted zone", path: "/2013-04-01/hostedzone", names: /<Id>([^<]+)</g },
  { service: "route53", kind: "health check", path: "/2013-04-01/healthcheck", names: /<Id>([^<]+)</g },
  {
    service: "backup",
    kind: "backup vault",
    path: "/backup-vaults/",
    names: /"BackupVaultName":\s*"([^"]+)"/g,
    predefined: /^Default$/,
  },
  { service: "backup", kind: "backup plan", path: "/backup/plans/", names: /"BackupPlanName":\s*"([^"]+)"/g },
  {
    service: "budgets",
    kind: "budget",
    target: "AWSBudgetServiceGateway.DescribeBudgets",
    body: JSON.stringify({ AccountId: ACCOUNT }),
    names: /"BudgetName":\s*"([^"]+)"/g,
  },
  {
    service: "cloudfront",
    kind: "CloudFront function",
    path: "/2020-05-31/function",
    names: /<FunctionSummary>\s*<Name>([^<]+)</g,
  },
  {
    service: "cloudfront",
    kind: "origin access control",
    path: "/2020-05-31/origin-access-control",
    names: /<OriginAccessControlSummary>\s*<Id>([^<]+)</g,
  },
  {
    service: "logs",
    kind: "log group",
    target: "Logs_20140328.DescribeLogGroups",
    names: /"logGroupName":\s*"([^"]+)"/g,
  },
  {
    service: "acm",
    kind: "certificate",
    target: "CertificateManager.ListCertificates",
    names: /"CertificateArn":\s*"([^"]+)"/g,
  },
  {
    service: "ecr",
    kind: "repository",
    target: "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories",
    names: /"repositoryName":\s*"([^"]+)"/g,
  },
  {
    service: "codebuild",
    kind: "build project",
    target: "CodeBuild_20161006.ListProjects",
    names: /"projects":\s*\[\s*"([^"]+)"/g,
  },
  { service: "eks", kind: "cluster", path: "/clusters", names: /"clusters":\s*\[\s*"([^"]+)"/g },
  {
    service: "cloudfront",
    kind: "distribution",
    path: "/2020-05-31/distribution",
    names: /<DistributionSummary>\s*<Id>([^<]+)</g,
  },
];

/**
 * Objects of stacks in the AWS of a local cloud, such as `bucket my-site`; empty after a complete destroy.
 *
 * A new cloud contains a few more: compare with those that existed before.
 */
export async function existingObjects(endpoint: string, region: string): Promise<readonly string[]> {
  const found = await Promise.all(LIST_CALLS.map((listCall) => list(endpoint, region, listCall)));
  return [...found.flat(), ...(await usableKeys(endpoint, region))];
}

async function list(endpoint: string, region: string, listCall: ListCall): Promise<readonly string[]> {
  const text = await allPages(endpoint, region, listCall);
  return [...text.matchAll(listCall.names)]
    .map(([, name = ""]) => name)
    .filter((name) => listCall.predefined?.test(name) !== true)
    .map((name) => `${listCall.kind} ${name}`);
}

/** All pages of a list. Only the JSON protocol has pages here; the other lists are short. */
async function allPages(endpoint: string, region: string, listCall: ListCall): Promise<string> {
  const pages = [await call(endpoint, region, listCall, listCall.body)];
  for (;;) {
    const next = /"NextToken":\s*"([^"]+)"/.exec(pages.at(-1) ?? "")?.[1];
    if (next === undefined || listCall.target === undefined) return pages.join("\n");
    const body = { ...(JSON.parse(listCall.body ?? "{}") as object), NextToken: next };
    pages.push(await call(endpoint, region, listCall, JSON.stringify(body)));
  }
}

/** KMS keys that are not scheduled for deletion, which is the only way to delete a key. */
async function usableKeys(endpoint: string, region: string): Promise<readonly string[]> {
  const keyList = await call(endpoint, region, { service: "kms", target: "TrentService.ListKeys" });
  const ids = [...keyList.matchAll(/"KeyId":\s*"([^"]+)"/g)].map(([, id = ""]) => id);
  const keys = await Promise.all(
    ids.map(async (KeyId) => ({
      KeyId,
      text: await call(
        endpoint,
        region,
        { service: "kms", target: "TrentService.DescribeKey" },
        JSON.stringify({ KeyId }),
      ),
    })),
  );
  // AWS managed keys, created when a service first needs one, belong to no stack.
  return keys
    .filter(({ text }) => !/PendingDeletion|"KeyManager":\s*"AWS"|Default (master )?key/.test(text))
    .map(({ KeyId }) => `key ${KeyId}`);
}

async function call(
  endpoint: string,
  region: string,
  listCall: Pick<ListCall, "service" | "path" | "form" | "target">,
  json = "{}",
): Promise<string> {
  const { service, path = "/", form, target } = listCall;
  const response = await fetch(`${endpoint}${path}`, {
    headers: { authorization: signatureFor({ service, region }), ...defined({ "x-amz-target": target }) },
    ...(form === undefined && target === undefined ? {} : posted(form, json)),
  });
  if (!response.ok)
    throw new Error(`${service} ${form ?? target ?? path}: ${response.status} ${await response.text()}`);
  return response.text();
}

/** A body in the query protocol or, without a form, in the JSON protocol. */
function posted(form: string | undefined, json: string): Pick<RequestInit, "method" | "body"> {
  const type = form === undefined ? "application/x-amz-json-1.1" : "application/x-www-form-urlencoded";
  return { method: "POST", body: new Blob([form === undefined ? json : `Action=${form}`], { type }) };
}

function ec2(kind: string, operation: string, names: RegExp): ListCall {
  return { service: "ec2", kind, form: `${operation}&Version=2016-11-15`, names };
}
