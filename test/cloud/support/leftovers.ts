import { defined } from "@groundwork/constructs/core/defined";

/** One list call of an AWS service, without an SDK: for most of these services it is the only call. */
interface ListCall {
  readonly service: string;
  readonly kind: string;
  readonly path?: string;
  /** Query protocol: the operation. */
  readonly form?: string;
  /** JSON protocol: the operation's target. */
  readonly target?: string;
  /** Finds the names in the response. */
  readonly names: RegExp;
  /** Objects that always exist. */
  readonly predefined?: RegExp;
}

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
  { service: "eks", kind: "cluster", path: "/clusters", names: /"clusters":\s*\[\s*"([^"]+)"/g },
  {
    service: "cloudfront",
    kind: "distribution",
    path: "/2020-05-31/distribution",
    names: /<DistributionSummary>\s*<Id>([^<]+)</g,
  },
];

/** Objects in a local cloud, such as `bucket my-site`; empty after a complete destroy. */
export async function leftovers(endpoint: string, region: string): Promise<readonly string[]> {
  const found = await Promise.all(LIST_CALLS.map((listCall) => list(endpoint, region, listCall)));
  return [...found.flat(), ...(await usableKeys(endpoint, region))];
}

async function list(endpoint: string, region: string, listCall: ListCall): Promise<readonly string[]> {
  const text = await call(endpoint, region, listCall);
  return [...text.matchAll(listCall.names)]
    .map(([, name = ""]) => name)
    .filter((name) => listCall.predefined?.test(name) !== true)
    .map((name) => `${listCall.kind} ${name}`);
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
  { service, path = "/", form, target }: Pick<ListCall, "service" | "path" | "form" | "target">,
  json = "{}",
): Promise<string> {
  const scope = `AWS4-HMAC-SHA256 Credential=test/20000101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const type = form === undefined ? "application/x-amz-json-1.1" : "application/x-www-form-urlencoded";
  const response = await fetch(`${endpoint}${path}`, {
    method: form === undefined && target === undefined ? "GET" : "POST",
    headers: {
      authorization: scope,
      "content-type": type,
      ...defined({ "x-amz-target": target }),
    },
    ...defined({ body: form === undefined ? target && json : `Action=${form}` }),
  });
  if (!response.ok)
    throw new Error(`${service} ${form ?? target ?? path}: ${response.status} ${await response.text()}`);
  return response.text();
}

function ec2(kind: string, operation: string, names: RegExp): ListCall {
  return { service: "ec2", kind, form: `${operation}&Version=2016-11-15`, names };
}
