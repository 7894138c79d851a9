/** One list call of an AWS service, made without an SDK: most of these services are asked nothing else. */
interface Question {
  readonly service: string;
  readonly what: string;
  readonly path?: string;
  /** Query protocol: the operation. */
  readonly form?: string;
  /** JSON protocol: the operation's target. */
  readonly target?: string;
  /** Finds the names in the answer. */
  readonly names: RegExp;
  /** What is always there. */
  readonly given?: RegExp;
}

const QUESTIONS: readonly Question[] = [
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
  { service: "s3", what: "bucket", path: "/", names: /<Name>([^<]+)</g },
  {
    service: "iam",
    what: "role",
    form: "ListRoles&Version=2010-05-08",
    names: /<RoleName>([^<]+)</g,
    given: /^AWSServiceRole/,
  },
  {
    service: "iam",
    what: "instance profile",
    form: "ListInstanceProfiles&Version=2010-05-08",
    names: /<InstanceProfileName>([^<]+)</g,
  },
  {
    service: "iam",
    what: "policy",
    form: "ListPolicies&Version=2010-05-08&Scope=Local",
    names: /<PolicyName>([^<]+)</g,
  },
  {
    service: "logs",
    what: "log group",
    target: "Logs_20140328.DescribeLogGroups",
    names: /"logGroupName":\s*"([^"]+)"/g,
  },
  {
    service: "acm",
    what: "certificate",
    target: "CertificateManager.ListCertificates",
    names: /"CertificateArn":\s*"([^"]+)"/g,
  },
  {
    service: "ecr",
    what: "repository",
    target: "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories",
    names: /"repositoryName":\s*"([^"]+)"/g,
  },
  { service: "eks", what: "cluster", path: "/clusters", names: /"clusters":\s*\[\s*"([^"]+)"/g },
  {
    service: "cloudfront",
    what: "distribution",
    path: "/2020-05-31/distribution",
    names: /<DistributionSummary>\s*<Id>([^<]+)</g,
  },
];

/** What still stands in a local cloud, such as `bucket my-site`; nothing after a destroy that did its work. */
export async function leftovers(endpoint: string, region: string): Promise<readonly string[]> {
  const found = await Promise.all(QUESTIONS.map((question) => ask(endpoint, region, question)));
  return [...found.flat(), ...(await usableKeys(endpoint, region))];
}

async function ask(endpoint: string, region: string, question: Question): Promise<readonly string[]> {
  const text = await call(endpoint, region, question);
  return [...text.matchAll(question.names)]
    .map(([, name = ""]) => name)
    .filter((name) => question.given?.test(name) !== true)
    .map((name) => `${question.what} ${name}`);
}

/** A key cannot be deleted at once, only be told to end: such a key is gone as far as anybody can tell. */
async function usableKeys(endpoint: string, region: string): Promise<readonly string[]> {
  const list = await call(endpoint, region, { service: "kms", target: "TrentService.ListKeys" });
  const ids = [...list.matchAll(/"KeyId":\s*"([^"]+)"/g)].map(([, id = ""]) => id);
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
  // AWS's own keys, made when a service first needs one, belong to nobody's stack.
  return keys
    .filter(({ text }) => !/PendingDeletion|"KeyManager":\s*"AWS"|Default (master )?key/.test(text))
    .map(({ KeyId }) => `key ${KeyId}`);
}

async function call(
  endpoint: string,
  region: string,
  { service, path = "/", form, target }: Pick<Question, "service" | "path" | "form" | "target">,
  json = "{}",
): Promise<string> {
  const scope = `AWS4-HMAC-SHA256 Credential=test/20000101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const type = form === undefined ? "application/x-amz-json-1.1" : "application/x-www-form-urlencoded";
  const answer = await fetch(`${endpoint}${path}`, {
    method: form === undefined && target === undefined ? "GET" : "POST",
    headers: {
      authorization: scope,
      "content-type": type,
      ...(target === undefined ? {} : { "x-amz-target": target }),
    },
    ...(form === undefined ? {} : { body: `Action=${form}` }),
    ...(target === undefined ? {} : { body: json }),
  });
  if (!answer.ok) throw new Error(`${service} ${form ?? target ?? path}: ${answer.status} ${await answer.text()}`);
  return answer.text();
}

function ec2(what: string, operation: string, names: RegExp): Question {
  return { service: "ec2", what, form: `${operation}&Version=2016-11-15`, names };
}
