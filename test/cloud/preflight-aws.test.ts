import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ACMClient, RequestCertificateCommand } from "@aws-sdk/client-acm";
import { CreateLogGroupCommand, CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import {
  AllocateAddressCommand,
  CreateInternetGatewayCommand,
  CreateKeyPairCommand,
  CreateNatGatewayCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { CreateInstanceProfileCommand, CreatePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { AwsSession } from "@groundwork/cli/aws/aws-session";
import { preflight } from "@groundwork/cli/preflight/command";
import type { CloudResults } from "@groundwork/cli/preflight/report";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { LocalCloud } from "./support/local-cloud";

const REGION = "ap-northeast-2";
const ACCOUNT = "111122223333";

type Blocks = Readonly<Record<string, Readonly<Record<string, object>>>>;

/**
 * The local cloud behind a server that also has Service Quotas and the simulation of policies, which the local cloud lacks. Its
 * responses have the form of AWS's API reference.
 */
class StandIn {
  /** Values of quotas by code; others have the default. */
  quotas: Record<string, number> = {};
  /** Actions that the simulated policies deny. */
  denied: readonly string[] = [];
  /** Status of a certificate; by default that of the local cloud, which validates certificates within a second. */
  certificateStatus: string | undefined;
  /** Whether the user may not read quotas. */
  isDenied = false;
  private readonly server: Server;

  constructor(private readonly target: string) {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const operation = String(request.headers["x-amz-target"] ?? "").split(".")[1] ?? "";
    const form = new URLSearchParams(body.toString());
    if (/ServiceQuota$/.test(operation)) this.serveQuota(operation, JSON.parse(body.toString()) as never, response);
    else if (operation === "DescribeCertificate" && this.certificateStatus !== undefined) this.certificate(response);
    else if (form.get("Action") === "SimulatePrincipalPolicy") this.simulate(form, response);
    else this.pass(request, body, response);
  }

  private serveQuota(operation: string, { QuotaCode: code }: { QuotaCode: string }, response: ServerResponse): void {
    const error = (name: string, status: number, message: string) => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": name });
      response.end(JSON.stringify({ __type: name, message }));
    };
    if (this.isDenied) {
      const message = `User: arn:aws:iam::${ACCOUNT}:user/ada is not authorized to perform: servicequotas:${operation}`;
      error("AccessDeniedException", 400, message);
      return;
    }
    const applied = this.quotas[code];
    if (operation === "GetServiceQuota" && applied === undefined) {
      error("NoSuchResourceException", 400, "The request failed because the specified quota does not exist.");
      return;
    }
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify({ Quota: { QuotaCode: code, Value: applied ?? 1_000 } }));
  }

  private certificate(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify({ Certificate: { Status: this.certificateStatus } }));
  }

  private simulate(form: URLSearchParams, response: ServerResponse): void {
    const actions = [...form].filter(([key]) => key.startsWith("ActionNames.member.")).map(([, action]) => action);
    const results = actions.map((action) => {
      const decision = this.denied.includes(action) ? "implicitDeny" : "allowed";
      return `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${decision}</EvalDecision><MissingContextValues/></member>`;
    });
    response.writeHead(200, { "content-type": "text/xml" });
    response.end(
      `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>${results.join("")}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
    );
  }

  private pass(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { host: _, ...headers } = request.headers;
    const url = new URL(request.url ?? "/", this.target);
    const outgoing = forward(url, { method: request.method, headers: { ...headers, host: url.host } }, (incoming) => {
      response.writeHead(incoming.statusCode ?? 502, incoming.headers);
      incoming.pipe(response);
    });
    outgoing.on("error", () => response.writeHead(502).end());
    outgoing.end(body);
  }
}

const needed = ({ problems }: CloudResults) => problems.map((problem) => problem.needed);

describe("preflight of AWS stacks on the local cloud", () => {
  let cloud: LocalCloud;
  let standIn: StandIn;
  let endpoint: string;
  let session: AwsSession;
  let count = 0;

  beforeAll(async () => {
    cloud = await LocalCloud.start();
    standIn = new StandIn(cloud.endpoint);
    endpoint = await standIn.start();
    session = new AwsSession(REGION, cloud.endpoint);
  });

  afterAll(async () => {
    session.destroy();
    standIn.stop();
    await cloud.stop();
  });

  beforeEach(() => {
    standIn.quotas = {};
    standIn.denied = [];
    standIn.isDenied = false;
    standIn.certificateStatus = undefined;
  });

  /** Compares a stack of these resources and data sources with the cloud. */
  async function preflightOf(
    resource: Blocks,
    data: Blocks = {},
    state = "",
    settings: object = {},
  ): Promise<CloudResults> {
    count += 1;
    const directory = join(cloud.directory, `stack-${count}`);
    mkdirSync(directory);
    const terraform = { backend: { local: { path: "terraform.tfstate" } } };
    const provider = { aws: [{ region: REGION, ...settings }] };
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ terraform, provider, resource, data }));
    if (state !== "") writeFileSync(join(directory, "terraform.tfstate"), state);
    const stack = new SynthesizedStack("test", directory);
    const [results] = await preflight([stack], { env: cloud.env, endpoint }, {});
    if (results === undefined) throw new Error("no cloud");
    return results;
  }

  const times = (number: number, block: object = {}) =>
    Object.fromEntries(Array.from({ length: number }, (_, index) => [`R${index}`, block]));

  test("reports nothing that the account has", async () => {
    const results = await preflightOf({
      aws_vpc: times(1),
      aws_eip: times(2),
      aws_subnet: times(1, { availability_zone: `${REGION}a` }),
      aws_instance: times(1, { instance_type: "m5.large" }),
      aws_iam_role: times(1, { name: "preflight-free" }),
      aws_s3_bucket: times(1, { bucket: "preflight-free" }),
    });
    expect(results).toMatchObject({ problems: [], notChecked: [] });
    expect(results.passed).toEqual([
      "quotas of vCPUs",
      "quotas of networks",
      "availability zones",
      "instance types",
      "existing names",
      "permissions",
    ]);
  });

  test.each([
    ["aws_vpc", "L-F678F1CE", /^2 VPCs$/],
    ["aws_internet_gateway", "L-A4707A72", /^2 internet gateways$/],
    ["aws_eip", "L-0263D0A3", /^2 Elastic IP addresses$/],
    ["aws_security_group", "L-E79EC296", /^2 security groups$/],
    ["aws_vpc_endpoint", "L-1B52E74A", /^2 gateway endpoints$/],
  ])("reports an exceeded quota of %s", async (type, code, text) => {
    const ec2 = session.client(EC2Client);
    await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    await ec2.send(new CreateInternetGatewayCommand({}));
    await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
    standIn.quotas = { [code]: 1 };
    const { problems } = await preflightOf({ [type]: times(2) });
    expect(problems).toMatchObject([{ needed: expect.stringMatching(text) as string }]);
    expect(problems[0]?.fix).toContain(`--quota-code ${code}`);
  });

  test("reports exceeded quotas of NAT gateways in a zone, with those that exist", async () => {
    const ec2 = session.client(EC2Client);
    const { Vpc: vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }));
    const { Subnet: subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: vpc?.VpcId, CidrBlock: "10.9.0.0/24", AvailabilityZone: `${REGION}a` }),
    );
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
    await ec2.send(new CreateNatGatewayCommand({ SubnetId: subnet?.SubnetId, AllocationId }));
    standIn.quotas = { "L-FE5A380F": 1 };
    const zone = (name: string) => ({ availability_zone: `${REGION}${name}` });
    const results = await preflightOf({
      aws_subnet: { A: zone("a"), B: zone("b") },
      aws_nat_gateway: { A: { subnet_id: "${aws_subnet.A.id}" }, B: { subnet_id: "${aws_subnet.B.id}" } },
    });
    expect(results.problems).toMatchObject([
      { needed: `1 NAT gateways in ${REGION}a`, available: "the quota is 1, 1 of it in use" },
    ]);
  });

  test.each([
    ["aws_vpc_security_group_ingress_rule", "L-0EA8095F", "inbound rules of security group web"],
    ["aws_vpc_security_group_egress_rule", "L-0EA8095F", "outbound rules of security group web"],
    ["aws_route", "L-93826ACB", "routes of route table aws_route_table.T"],
  ])("reports an exceeded quota of %s", async (type, code, label) => {
    standIn.quotas = { [code]: 2 };
    const parent =
      type === "aws_route"
        ? { route_table_id: "${aws_route_table.T.id}" }
        : { security_group_id: "${aws_security_group.G.id}" };
    const resource = {
      aws_security_group: { G: { name: "web" } },
      aws_route_table: { T: {} },
      [type]: times(3, parent),
    };
    expect(needed(await preflightOf(resource))).toEqual([`3 ${label}`]);
  });

  test("reports an exceeded quota of the rules of a network ACL", async () => {
    standIn.quotas = { "L-2AEEBF1A": 2 };
    const rules = { ingress: [{}, {}, {}], egress: [{}] };
    expect(needed(await preflightOf({ aws_network_acl: { A: rules } }))).toEqual([
      "3 inbound rules of network ACL aws_network_acl.A",
    ]);
  });

  test("reports exceeded quotas of vCPUs, On-Demand and Spot", async () => {
    standIn.quotas = { "L-1216C47A": 9, "L-34B43A08": 3 };
    const node = { instance_types: ["m5.large"], scaling_config: { desired_size: 2 } };
    const results = await preflightOf({
      aws_instance: times(1, { instance_type: "m5.2xlarge" }),
      aws_eks_node_group: { A: { ...node, capacity_type: "ON_DEMAND" }, B: { ...node, capacity_type: "SPOT" } },
    });
    expect(needed(results).sort()).toEqual([
      "12 vCPUs of On-Demand standard (A, C, D, H, I, M, R, T, Z) instances",
      "4 vCPUs of Spot standard (A, C, D, H, I, M, R, T, Z) instances",
    ]);
  });

  test("reports zones, instance types and machine images that the region does not have", async () => {
    const results = await preflightOf(
      {
        aws_subnet: times(1, { availability_zone: `${REGION}z` }),
        aws_instance: {
          A: { instance_type: "m5.lage", ami: "ami-00000000000000000" },
          B: { instance_type: "m5.large", ami: "${data.aws_ssm_parameter.P.value}" },
        },
      },
      { aws_ssm_parameter: { P: { name: "/aws/service/no-such/image" } } },
    );
    expect(needed(results)).toEqual([
      `availability zone ${REGION}z`,
      "instance type m5.lage",
      "the machine image of parameter /aws/service/no-such/image",
      "machine image ami-00000000000000000",
    ]);
  });

  test("reports images of workloads that are not in ECR", async () => {
    await session.client(ECRClient).send(new CreateRepositoryCommand({ repositoryName: "preflight/empty" }));
    const workload = (repository: string) => ({
      spec: { container: [{ image: `\${data.aws_ecr_repository.${repository}.repository_url}:1.0.0` }] },
    });
    const results = await preflightOf(
      { kubernetes_deployment_v1: { A: workload("Empty"), B: workload("Missing") } },
      { aws_ecr_repository: { Empty: { name: "preflight/empty" }, Missing: { name: "preflight/missing" } } },
    );
    expect(results.problems).toMatchObject([
      { needed: "image preflight/empty:1.0.0", available: "the repository does not contain it" },
      { needed: "image preflight/missing:1.0.0", available: "the repository does not exist" },
    ]);
  });

  test("reports certificates that do not exist, are elsewhere or are not issued", async () => {
    const request = new RequestCertificateCommand({ DomainName: "www.example.com", ValidationMethod: "DNS" });
    const { CertificateArn: own = "" } = await session.client(ACMClient).send(request);
    const missing = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/00000000-0000-4000-8000-000000000000`;
    const results = await preflightOf({
      kubernetes_ingress_v1: {
        A: { certificate: missing },
        B: { certificate: missing.replace(REGION, "us-east-1") },
        C: { certificate: missing.replace(ACCOUNT, "444455556666") },
      },
    });
    expect(results.problems.map(({ available }) => available)).toEqual([
      "it does not exist",
      `it is in us-east-1, the stack needs one in ${REGION}`,
      `it is in account 444455556666, the stack is deployed to ${ACCOUNT}`,
    ]);
    const listener = { aws_lb_listener: { L: { certificate_arn: own } } };
    standIn.certificateStatus = "PENDING_VALIDATION";
    expect((await preflightOf(listener)).problems).toMatchObject([{ available: "its status is PENDING_VALIDATION" }]);
    standIn.certificateStatus = "ISSUED";
    expect((await preflightOf(listener)).problems).toEqual([]);
  });

  test("reports existing names, unless they are in the state", async () => {
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const iam = session.client(IAMClient);
    await iam.send(new CreateRoleCommand({ RoleName: "taken", AssumeRolePolicyDocument: policy }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "taken" }));
    const allow = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:ListBucket", Resource: "*" }] };
    await iam.send(new CreatePolicyCommand({ PolicyName: "taken", PolicyDocument: JSON.stringify(allow) }));
    const location = { CreateBucketConfiguration: { LocationConstraint: REGION } } as const;
    await session.client(S3Client).send(new CreateBucketCommand({ Bucket: "preflight-taken", ...location }));
    await session.client(ECRClient).send(new CreateRepositoryCommand({ repositoryName: "taken" }));
    await session.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName: "/taken" }));
    await session.client(EC2Client).send(new CreateKeyPairCommand({ KeyName: "taken" }));
    await session.client(SSMClient).send(new PutParameterCommand({ Name: "/taken", Value: "v", Type: "String" }));
    const { KeyMetadata: key } = await session.client(KMSClient).send(new CreateKeyCommand({}));
    await session.client(KMSClient).send(new CreateAliasCommand({ AliasName: "alias/taken", TargetKeyId: key?.KeyId }));
    const resource = {
      aws_eks_cluster: { A: { name: "free" } },
      aws_s3_bucket: { A: { bucket: "preflight-taken" }, B: { bucket: "preflight-not-taken" } },
      aws_iam_role: { A: { name: "taken" }, B: { name: "free" } },
      aws_iam_instance_profile: { A: { name: "taken" }, B: { name: "free" } },
      aws_iam_policy: { A: { name: "taken" }, B: { name: "free" } },
      aws_ecr_repository: { A: { name: "taken" }, B: { name: "free" } },
      aws_cloudwatch_log_group: { A: { name: "/taken" }, B: { name: "/take" } },
      aws_kms_alias: { A: { name: "alias/taken" }, B: { name: "alias/free" } },
      aws_launch_template: { B: { name: "free" } },
      aws_key_pair: { A: { key_name: "taken" }, B: { key_name: "free" } },
      aws_ssm_parameter: { A: { name: "/taken" }, B: { name: "/free" } },
    };
    const { problems, notChecked } = await preflightOf(resource);
    expect(notChecked).toEqual([]);
    expect(problems.map((problem) => problem.needed)).toEqual([
      "the name preflight-taken for a new bucket",
      "the name taken for a new IAM role",
      "the name taken for a new instance profile",
      "the name taken for a new IAM policy",
      "the name taken for a new ECR repository",
      "the name /taken for a new log group",
      "the name alias/taken for a new KMS alias",
      "the name taken for a new key pair",
      "the name /taken for a new SSM parameter",
    ]);
    const resources = Object.keys(resource).map((type) => ({
      mode: "managed",
      type,
      name: "A",
      instances: [{ attributes: {} }],
    }));
    expect((await preflightOf(resource, {}, JSON.stringify({ version: 4, resources }))).problems).toEqual([]);
  });

  test("reports credentials of another account", async () => {
    const results = await preflightOf({ aws_vpc: times(1) }, {}, "", { allowed_account_ids: ["444455556666"] });
    expect(results.problems).toMatchObject([
      { needed: "account 444455556666 for test", available: `the credentials are of ${ACCOUNT}` },
    ]);
  });

  test("reports permissions that the policies deny", async () => {
    standIn.denied = ["ec2:CreateVpc", "iam:CreateRole"];
    const results = await preflightOf({
      aws_vpc: times(1),
      aws_iam_role: times(1, { name: "free" }),
      aws_eip: times(1),
    });
    expect(results.problems).toMatchObject([
      { check: "permissions", needed: "the permissions ec2:CreateVpc, iam:CreateRole" },
    ]);
  });

  test("reports quotas that the user may not read as not checked", async () => {
    standIn.isDenied = true;
    const { problems, notChecked, passed } = await preflightOf({ aws_vpc: times(1) });
    expect(problems).toEqual([]);
    expect(notChecked).toEqual([
      { check: "quotas of networks", reason: "no permission for servicequotas:GetServiceQuota" },
    ]);
    expect(passed).not.toContain("quotas of networks");
  });
});
