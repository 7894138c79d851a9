import { creationOf } from "@groundwork/cli/preflight/aws/actions";
import { certificateCheck } from "@groundwork/cli/preflight/aws/certificates";
import type { AwsCloud } from "@groundwork/cli/preflight/aws/cloud";
import { imageCheck } from "@groundwork/cli/preflight/aws/images";
import { instanceTypeCheck } from "@groundwork/cli/preflight/aws/instance-types";
import { machineImageCheck } from "@groundwork/cli/preflight/aws/machine-images";
import { startedMachines } from "@groundwork/cli/preflight/aws/machines";
import { nameCheck } from "@groundwork/cli/preflight/aws/names";
import { natQuotaCheck, networkQuotaCheck } from "@groundwork/cli/preflight/aws/network-quotas";
import { permissionCheck, principalOf } from "@groundwork/cli/preflight/aws/permissions";
import { awsReason } from "@groundwork/cli/preflight/aws/reason";
import { ruleQuotaCheck } from "@groundwork/cli/preflight/aws/rule-quotas";
import { codeOf, vcpuQuotaCheck } from "@groundwork/cli/preflight/aws/vcpu-quotas";
import { zoneCheck } from "@groundwork/cli/preflight/aws/zones";
import type { Check, Problem } from "@groundwork/cli/preflight/check";
import type { Plan } from "@groundwork/cli/preflight/plan";
import { Testing } from "cdktf";
import { stackOf } from "../../support/stacks";
import { fakeAws, type Respond } from "../support/fake-aws";
import { planOf } from "./support";

const REGION = "ap-northeast-2";

function problems<C, N, S>(check: Check<C, N, S>, plan: Plan, supply: S): readonly Problem[] | undefined {
  const needs = check.needs(plan);
  return needs === undefined ? undefined : check.compare(needs, supply);
}

const needed = (found: readonly Problem[] | undefined) => found?.map((problem) => problem.needed);

const cloud = (respond: Respond, caller = "arn:aws:iam::111122223333:user/ada"): AwsCloud => ({
  session: fakeAws(respond),
  region: REGION,
  account: "111122223333",
  caller,
  partition: "aws",
});

const failure = (name: string, status = 400) =>
  Promise.reject(Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } }));

function production(id: string): Plan {
  const json = JSON.parse(Testing.synth(stackOf(id))) as { resource: never; data: never };
  return planOf(json.resource, { data: json.data });
}

describe("quotas of networks", () => {
  test.each([
    ["aws_vpc", "2 VPCs"],
    ["aws_internet_gateway", "2 internet gateways"],
    ["aws_eip", "2 Elastic IP addresses"],
    ["aws_security_group", "2 security groups"],
    ["aws_vpc_endpoint", "2 gateway endpoints"],
  ])("are compared with %s", (type, expected) => {
    const plan = planOf({ [type]: { A: {}, B: {} } });
    const label = expected.replace("2 ", "");
    const at = (limit: number) =>
      problems(networkQuotaCheck, plan, { region: REGION, quotas: { [label]: { limit, used: 4 } } });
    expect(needed(at(5))).toEqual([expected]);
    expect(at(5)?.[0]?.fix).toMatch(/^aws service-quotas request-service-quota-increase .* --desired-value 6$/);
    expect(at(6)).toEqual([]);
  });

  test("count the default group of a VPC and that of a cluster, and no interface endpoints", () => {
    const plan = planOf({
      aws_vpc: { A: {} },
      aws_eks_cluster: { C: {} },
      aws_vpc_endpoint: { E: { vpc_endpoint_type: "Interface" } },
    });
    expect(networkQuotaCheck.needs(plan)).toEqual({ VPCs: 1, "security groups": 2 });
  });

  test("count the NAT gateways of each zone", () => {
    const plan = production("production-eks");
    const needs = natQuotaCheck.needs(plan);
    expect(needs).toEqual({ [`${REGION}a`]: 1, [`${REGION}b`]: 1, [`${REGION}c`]: 1 });
    const supply = { region: REGION, limit: 5, used: { [`${REGION}b`]: 5, [`${REGION}c`]: 4 } };
    expect(needed(problems(natQuotaCheck, plan, supply))).toEqual([`1 NAT gateways in ${REGION}b`]);
  });

  test("read the applied quota, or the default where none was applied", async () => {
    const respond: Respond = (request, input) => {
      if (request === "ServiceQuotas GetServiceQuota")
        return input["QuotaCode"] === "L-F678F1CE" ? { Quota: { Value: 7 } } : failure("NoSuchResourceException");
      if (request === "ServiceQuotas GetAWSDefaultServiceQuota") return { Quota: { Value: 5 } };
      return request === "EC2 DescribeVpcs" ? { Vpcs: [{}, {}] } : { Addresses: [{}] };
    };
    const needs = networkQuotaCheck.needs(planOf({ aws_vpc: { A: {} }, aws_eip: { E: {} } })) ?? {};
    const quotas = { VPCs: { limit: 7, used: 2 }, "Elastic IP addresses": { limit: 5, used: 1 } };
    expect((await networkQuotaCheck.supply(cloud(respond), { VPCs: 1, "Elastic IP addresses": 1 })).quotas).toEqual(
      quotas,
    );
    expect(Object.keys(needs)).toContain("VPCs");
  });
});

describe("quotas of rules", () => {
  const rules = (count: number, of: object) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`R${n}`, of]));
  const group = { security_group_id: "${aws_security_group.G.id}" };

  test.each([
    ["ingress", "aws_vpc_security_group_ingress_rule", "3 inbound rules of security group web"],
    ["egress", "aws_vpc_security_group_egress_rule", "3 outbound rules of security group web"],
  ])("are compared with the %s rules of a group", (_, type, expected) => {
    const plan = planOf({ aws_security_group: { G: { name: "web" } }, [type]: rules(3, group) });
    const at = (limit: number) => problems(ruleQuotaCheck, plan, { region: REGION, limits: { "L-0EA8095F": limit } });
    expect(needed(at(2))).toEqual([expected]);
    expect(at(3)).toEqual([]);
  });

  test("count inline rules, those of an ACL, and routes", () => {
    const plan = planOf({
      aws_security_group: { G: { name: "web", ingress: [{}, {}], tags: { Name: "lab-web" } } },
      aws_network_acl: { N: { ingress: [{}, {}, {}], egress: [{}] } },
      aws_network_acl_rule: { E: { egress: true, network_acl_id: "${aws_network_acl.N.id}" } },
      aws_route_table: { T: {} },
      aws_route: { A: { route_table_id: "${aws_route_table.T.id}" }, B: { route_table_id: "${aws_route_table.T.id}" } },
    });
    expect(ruleQuotaCheck.needs(plan)).toEqual({
      "inbound rules of security group": { "lab-web": 2 },
      "inbound rules of network ACL": { "aws_network_acl.N": 3 },
      "outbound rules of network ACL": { "aws_network_acl.N": 2 },
      "routes of route table": { "aws_route_table.T": 2 },
    });
  });

  test("count existing rules of a group that gets another one, and no group without a new one", () => {
    const resource = {
      aws_security_group: { G: { name: "web" } },
      aws_vpc_security_group_ingress_rule: rules(2, group),
    };
    const type = "aws_vpc_security_group_ingress_rule";
    const state = { "aws_security_group.G": {}, [`${type}.R0`]: {} };
    expect(ruleQuotaCheck.needs(planOf(resource, { state }))).toEqual({
      "inbound rules of security group": { web: 2 },
    });
    expect(ruleQuotaCheck.needs(planOf(resource, { state: { ...state, [`${type}.R1`]: {} } }))).toBeUndefined();
  });
});

describe("quotas of vCPUs", () => {
  test("count instances, and the desired nodes of groups", () => {
    expect(startedMachines(production("production-eks"))).toEqual([
      { instanceType: "m7g.large", isSpot: false, count: 3 },
    ]);
    expect(
      startedMachines(production("production-gitlab"))
        .map(({ instanceType }) => instanceType)
        .sort(),
    ).toEqual(["m5.2xlarge", "m5.large"]);
  });

  test("count launch templates, Spot Instances and the default of node groups", () => {
    const plan = planOf({
      aws_launch_template: { T: { instance_type: "c7g.large" } },
      aws_eks_node_group: {
        A: { capacity_type: "SPOT", instance_types: ["r5.large", "m5.large"], scaling_config: { desired_size: 2 } },
        B: { launch_template: { id: "${aws_launch_template.T.id}" }, scaling_config: [{ desired_size: 1 }] },
        C: { scaling_config: { desired_size: 1 } },
        D: { instance_types: ["m5.large"], scaling_config: { desired_size: 0 } },
      },
      aws_autoscaling_group: { G: { min_size: 4, launch_template: { name: "${aws_launch_template.T.name}" } } },
      aws_instance: { I: { instance_type: "g5.xlarge", instance_market_options: { market_type: "spot" } } },
    });
    expect(startedMachines(plan)).toEqual([
      { instanceType: "g5.xlarge", isSpot: true, count: 1 },
      { instanceType: "r5.large", isSpot: true, count: 2 },
      { instanceType: "c7g.large", isSpot: false, count: 1 },
      { instanceType: "t3.medium", isSpot: false, count: 1 },
      { instanceType: "c7g.large", isSpot: false, count: 4 },
    ]);
  });

  test.each([
    ["m7g.large", false, "L-1216C47A"],
    ["t3.medium", true, "L-34B43A08"],
    ["im4gn.large", false, "L-1216C47A"],
    ["dl1.24xlarge", false, "L-6E869C2A"],
    ["d3.xlarge", false, "L-1216C47A"],
    ["hpc7g.4xlarge", false, "L-F7808C92"],
    ["h1.2xlarge", false, "L-1216C47A"],
    ["inf2.xlarge", false, "L-1945791B"],
    ["i4i.large", false, "L-1216C47A"],
    ["trn1.2xlarge", false, "L-2C3B7624"],
    ["g5.xlarge", true, "L-3819A6DF"],
    ["p5.48xlarge", false, "L-417A185B"],
    ["x2idn.16xlarge", false, "L-7295265B"],
    ["u-6tb1.metal", false, "L-43DA4232"],
    ["mac2.metal", false, undefined],
  ])("of %s (Spot: %s) have the code %s", (instanceType, isSpot, code) => {
    expect(codeOf({ instanceType, isSpot })).toBe(code);
  });

  test("are compared by family, with the machines that run", () => {
    const plan = planOf({ aws_instance: { A: { instance_type: "m5.2xlarge" }, B: { instance_type: "m5.large" } } });
    const supply = (limit: number) => ({
      region: REGION,
      vCpus: { "m5.2xlarge": 8, "m5.large": 2 },
      running: [{ instanceType: "m5.large", isSpot: false, count: 1 }],
      limits: { "L-1216C47A": limit },
    });
    expect(problems(vcpuQuotaCheck, plan, supply(11))?.map((found) => [found.needed, found.available])).toEqual([
      ["10 vCPUs of On-Demand standard (A, C, D, H, I, M, R, T, Z) instances", "the quota is 11, 2 of it in use"],
    ]);
    expect(problems(vcpuQuotaCheck, plan, supply(12))).toEqual([]);
  });
});

describe("zones, instance types and machine images", () => {
  test("that the account does not have are reported", () => {
    const plan = planOf({
      aws_subnet: { S: { availability_zone: "us-west-1b" } },
      aws_instance: { I: { instance_type: "m5.lage", ami: "ami-1" } },
    });
    expect(needed(problems(zoneCheck, plan, ["us-west-1a"]))).toEqual(["availability zone us-west-1b"]);
    expect(problems(zoneCheck, plan, ["us-west-1b"])).toEqual([]);
    const types = { region: REGION, types: ["m5.large", "c5.large"] };
    expect(problems(instanceTypeCheck, plan, types)?.[0]?.available).toBe(
      `${REGION} does not offer it; the nearest is "m5.large"`,
    );
    const nothing = { region: REGION, parameters: [], ids: [] };
    expect(needed(problems(machineImageCheck, plan, nothing))).toEqual(["machine image ami-1"]);
    expect(needed(problems(machineImageCheck, production("production-gitlab"), nothing))).toEqual([
      "the machine image of parameter /aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
    ]);
  });

  test("are looked up, and a missing one is no error", async () => {
    const respond: Respond = (request, input) => {
      if (request === "SSM GetParameter") return input["Name"] === "/aws/service/a" ? {} : failure("ParameterNotFound");
      return String(input["ImageIds"]) === "ami-1" ? { Images: [{}] } : failure("InvalidAMIID.NotFound");
    };
    const needs = { parameters: ["/aws/service/a", "/aws/service/b"], ids: ["ami-1", "ami-2"] };
    expect(await machineImageCheck.supply(cloud(respond), needs)).toEqual({
      region: REGION,
      parameters: ["/aws/service/a"],
      ids: ["ami-1"],
    });
  });
});

describe("images of workloads", () => {
  const plan = (image: string) =>
    planOf(
      { kubernetes_deployment_v1: { D: { spec: { template: { spec: { container: [{ image }] } } } } } },
      { data: { aws_ecr_repository: { R: { name: "demo/web" } } } },
    );

  test.each([
    [
      "${data.aws_ecr_repository.R.repository_url}:1.0.0",
      { region: undefined, repository: "demo/web", version: "1.0.0" },
    ],
    ["${data.aws_ecr_repository.R.repository_url}", { region: undefined, repository: "demo/web", version: "latest" }],
    ["111122223333.dkr.ecr.us-west-2.amazonaws.com/a/b:2", { region: "us-west-2", repository: "a/b", version: "2" }],
    [
      "111122223333.dkr.ecr.us-west-2.amazonaws.com/a@sha256:0f",
      { region: "us-west-2", repository: "a", version: "sha256:0f" },
    ],
  ])("%s is one of the account", (image, expected) => {
    expect(imageCheck.needs(plan(image))).toEqual([expected]);
  });

  test.each(["public.ecr.aws/y7c9e1d2/joozero-repo:latest", "nginx", "${var.image}", "localhost:5000/web:1"])(
    "%s is of another registry",
    (image) => {
      expect(imageCheck.needs(plan(image))).toBeUndefined();
    },
  );

  test("that do not exist are reported", async () => {
    const needs = imageCheck.needs(production("production-eks-workloads")) ?? [];
    const respond: Respond = (_, input) => {
      if (input["repositoryName"] === "production/frontend") return failure("ImageNotFoundException");
      return input["repositoryName"] === "production/flask-backend" ? {} : failure("RepositoryNotFoundException");
    };
    const found = imageCheck.compare(needs, await imageCheck.supply(cloud(respond), needs));
    expect(found.map((problem) => [problem.needed, problem.available]).sort()).toEqual([
      ["image production/frontend:1.0.0", "the repository does not contain it"],
      ["image production/nodejs-backend:1.0.0", "the repository does not exist"],
    ]);
  });
});

describe("certificates", () => {
  const arn = (region: string, account = "111122223333") => `arn:aws:acm:${region}:${account}:certificate/1-2`;
  const ingress = (certificate: string) =>
    planOf({ kubernetes_ingress_v1: { I: { annotations: { arn: certificate } } } });
  const place = { region: REGION, account: "111122223333" };

  test.each([
    ["issued", arn(REGION), { [arn(REGION)]: "ISSUED" }, []],
    ["pending", arn(REGION), { [arn(REGION)]: "PENDING_VALIDATION" }, ["its status is PENDING_VALIDATION"]],
    ["missing", arn(REGION), {}, ["it does not exist"]],
    ["in another region", arn("us-east-1"), {}, [`it is in us-east-1, the stack needs one in ${REGION}`]],
    [
      "in another account",
      arn(REGION, "444455556666"),
      {},
      ["it is in account 444455556666, the stack is deployed to 111122223333"],
    ],
  ])("one that is %s", (_, certificate, status, expected) => {
    const found = problems(certificateCheck, ingress(certificate), { ...place, status });
    expect(found?.map(({ available }) => available)).toEqual(expected);
  });

  test("of CloudFront are in us-east-1", () => {
    const plan = (certificate: string) => planOf({ aws_cloudfront_distribution: { D: { viewer: certificate } } });
    const status = { [arn("us-east-1")]: "ISSUED" };
    expect(problems(certificateCheck, plan(arn("us-east-1")), { ...place, status })).toEqual([]);
    expect(problems(certificateCheck, plan(arn(REGION)), { ...place, status })).toHaveLength(1);
  });
});

describe("existing names", () => {
  test.each([
    ["aws_eks_cluster", "name", "EKS DescribeCluster", "ResourceNotFoundException"],
    ["aws_iam_role", "name", "IAM GetRole", "NoSuchEntityException"],
    ["aws_iam_instance_profile", "name", "IAM GetInstanceProfile", "NoSuchEntityException"],
    ["aws_iam_policy", "name", "IAM GetPolicy", "NoSuchEntityException"],
    ["aws_ecr_repository", "name", "ECR DescribeRepositories", "RepositoryNotFoundException"],
    ["aws_kms_alias", "name", "KMS DescribeKey", "NotFoundException"],
    ["aws_launch_template", "name", "EC2 DescribeLaunchTemplates", "InvalidLaunchTemplateName.NotFoundException"],
    ["aws_key_pair", "key_name", "EC2 DescribeKeyPairs", "InvalidKeyPair.NotFound"],
  ])("of %s are looked up by %s with %s", async (type, argument, request, missing) => {
    const plan = planOf({ [type]: { A: { [argument]: "demo" }, B: {} } });
    const needs = nameCheck.needs(plan) ?? {};
    const supply = (respond: Respond) => nameCheck.supply(cloud(respond), needs);
    expect(nameCheck.compare(needs, await supply((given) => (given === request ? {} : failure("Wrong"))))).toHaveLength(
      1,
    );
    expect(nameCheck.compare(needs, await supply(() => failure(missing)))).toEqual([]);
    await expect(supply(() => failure("AccessDenied"))).rejects.toThrow("AccessDenied");
  });

  test.each([
    [200, 404, "exists"],
    [404, 404, "free"],
    [301, 404, "taken"],
    [403, 404, "taken"],
  ])("of buckets: HTTP %i, and %i for a bucket that does not exist, is %s", async (status, other, expected) => {
    const respond: Respond = (_, { Bucket: name }) => {
      const code = name === "site" ? status : other;
      return code === 200 ? {} : failure("HTTP", code);
    };
    expect(await nameCheck.supply(cloud(respond), { aws_s3_bucket: ["site"] })).toEqual({
      aws_s3_bucket: { site: expected },
    });
  });

  test("of buckets cannot be checked without a permission", async () => {
    const supply = nameCheck.supply(
      cloud(() => failure("Forbidden", 403)),
      { aws_s3_bucket: ["site"] },
    );
    await expect(supply).rejects.toThrow("no permission for s3:ListBucket");
  });

  test("of log groups and parameters are exact", async () => {
    const respond: Respond = (request) =>
      request === "CloudWatchLogs DescribeLogGroups"
        ? { logGroups: [{ logGroupName: "/lab/logs-2" }] }
        : { Parameters: [{}] };
    const needs = { aws_cloudwatch_log_group: ["/lab/logs"], aws_ssm_parameter: ["/lab/p"] };
    expect(await nameCheck.supply(cloud(respond), needs)).toEqual({
      aws_cloudwatch_log_group: { "/lab/logs": "free" },
      aws_ssm_parameter: { "/lab/p": "exists" },
    });
  });

  test("of resources in the state, of unknown names and of overwritten parameters are not looked up", () => {
    const plan = planOf(
      {
        aws_iam_role: { A: { name: "a" }, B: { name: "b-${aws_vpc.V.id}" } },
        aws_ssm_parameter: { P: { name: "/p", overwrite: true } },
      },
      { state: { "aws_iam_role.A": {} } },
    );
    expect(nameCheck.needs(plan)).toBeUndefined();
  });
});

describe("permissions", () => {
  const place = { partition: "aws", region: REGION, account: "111122223333" };

  test.each([
    ["aws_vpc", {}, "ec2:CreateVpc", `arn:aws:ec2:${REGION}:111122223333:vpc/*`],
    ["aws_iam_role", { name: "web" }, "iam:CreateRole", "arn:aws:iam::111122223333:role/web"],
    ["aws_s3_bucket", { bucket: "site" }, "s3:CreateBucket", "arn:aws:s3:::site"],
    ["aws_s3_bucket", {}, "s3:CreateBucket", "*"],
    ["aws_kms_key", {}, "kms:CreateKey", "*"],
    ["aws_route53_record", { zone_id: "Z1" }, "route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z1"],
    ["aws_ssm_parameter", { name: "/a/b" }, "ssm:PutParameter", `arn:aws:ssm:${REGION}:111122223333:parameter/a/b`],
    [
      "aws_cloudwatch_log_group",
      { name: "/a/b" },
      "logs:CreateLogGroup",
      `arn:aws:logs:${REGION}:111122223333:log-group:/a/b`,
    ],
    ["aws_eks_cluster", { name: "demo" }, "eks:CreateCluster", `arn:aws:eks:${REGION}:111122223333:cluster/demo`],
  ])("of %s %j are %s on %s", (type, block, action, resource) => {
    const [planned] = planOf({ [type]: { A: block } }).created();
    expect(planned && creationOf(planned, place)).toEqual({ action, resource });
  });

  test("are known for every type whose creation the stacks need", () => {
    const ids = ["eks", "eks-addons", "gitlab", "site"].map((name) => `production-${name}`);
    // Parts and settings of other resources, which the permissions of these usually include.
    const PARTS =
      /_(attachment|association|validation|configuration|controls|policy|block|versioning|logging|tag|object|controls?|alias)$|^aws_default_|access_control$/;
    const types = ids.flatMap((id) => production(id).created()).filter(({ type }) => type.startsWith("aws_"));
    const unknown = types.filter((resource) => creationOf(resource, place) === undefined).map(({ type }) => type);
    expect([...new Set(unknown)].filter((type) => !PARTS.test(type))).toEqual([]);
  });

  test("that policies deny are reported; decisions that depend on the request are not", async () => {
    const respond: Respond = (_, { ActionNames: actions }) => ({
      EvaluationResults: (actions as readonly string[]).map((EvalActionName) => ({
        EvalActionName,
        EvalDecision: EvalActionName === "ec2:CreateVpc" ? "allowed" : "implicitDeny",
        MissingContextValues: EvalActionName === "s3:CreateBucket" ? ["aws:RequestTag/a"] : [],
      })),
    });
    const plan = planOf({ aws_vpc: { A: {} }, aws_iam_role: { R: { name: "r" } }, aws_s3_bucket: { B: {} } });
    const supply = await permissionCheck.supply(cloud(respond), permissionCheck.needs(plan) ?? []);
    expect(needed(problems(permissionCheck, plan, supply))).toEqual(["the permissions iam:CreateRole"]);
    expect(problems(permissionCheck, plan, { caller: "c", denied: [] })).toEqual([]);
  });

  test("are those of the role of a session; the root user's cannot be simulated", async () => {
    const role: Respond = () => ({ Role: { Arn: "arn:aws:iam::111122223333:role/path/ci" } });
    const session = "arn:aws:sts::111122223333:assumed-role/ci/job-1";
    expect(await principalOf(cloud(role, session))).toBe("arn:aws:iam::111122223333:role/path/ci");
    await expect(principalOf(cloud(role, "arn:aws:iam::111122223333:root"))).rejects.toThrow("root user");
  });

  test.each([
    [
      "AccessDeniedException",
      "User: x is not authorized to perform: servicequotas:GetServiceQuota on y",
      "no permission for servicequotas:GetServiceQuota",
    ],
    ["UnauthorizedOperation", "You are not authorized.", "no permission: You are not authorized"],
    ["Error", "no connection", "no connection"],
  ])("that a check lacks are its reason: %s", (name, message, expected) => {
    expect(awsReason(Object.assign(new Error(message), { name }))).toBe(expected);
  });
});
