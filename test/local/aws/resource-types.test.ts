import { readdirSync } from "node:fs";
import { join } from "node:path";
import { servicesOf } from "@groundwork/local/aws/gateway/routes";
import { awsEndpoints, awsRequirement, TYPES_OF_SERVICES } from "@groundwork/local/aws/resource-types";
import { typedResources } from "@groundwork/tooling/verified/typed-resources";
import { LOCAL_SERVICES } from "@groundwork/stacks/providers/aws";
import { ROOT } from "../../support/repository";

/** Every resource type and data source of the AWS bindings, without `aws_`. */
const types = [
  ...new Set(
    readdirSync(join(ROOT, "node_modules/@cdktf/provider-aws/lib"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name.replace(/^data-aws-/, "").replaceAll("-", "_")),
  ),
];

/** Services to which a rule of the gateway responds, without an emulator. */
const GATEWAY = ["codebuild"];

describe("awsRequirement", () => {
  test("knows exactly the services of the local cloud", () => {
    const services = new Set([...servicesOf("moto"), ...servicesOf("ministack"), ...GATEWAY]);
    expect(Object.keys(TYPES_OF_SERVICES).sort()).toEqual([...services].sort());
  });

  test("finds at most one service for every type of the provider", () => {
    expect(types.length).toBeGreaterThan(1000);
    const matches = (type: string) => Object.values(TYPES_OF_SERVICES).filter((one) => one.test(type)).length;
    expect(types.filter((type) => matches(type) > 1)).toEqual([]);
  });

  test("accepts every type that the constructs create, except those of FSx, which no emulator has", () => {
    const typed = typedResources(join(ROOT, "constructs")).filter((type) => type.startsWith("aws_"));
    expect(typed.length).toBeGreaterThan(30);
    const rejected = typed.filter((type) => awsRequirement(type).problem !== undefined);
    expect(rejected.filter((type) => !type.startsWith("aws_fsx_"))).toEqual([]);
  });

  test("has an endpoint for every service that the stacks of this repository use", () => {
    expect(awsEndpoints()).toEqual(expect.arrayContaining(LOCAL_SERVICES.map((service) => service.toLowerCase())));
  });

  test.each([
    ["aws_instance", "ec2"],
    ["aws_default_vpc_dhcp_options", "ec2"],
    ["aws_vpc_security_group_ingress_rule", "ec2"],
    ["aws_alb_target_group_attachment", "elasticloadbalancing"],
    ["aws_cloudwatch_log_group", "logs"],
    ["aws_cloudwatch_metric_alarm", "monitoring"],
    ["aws_s3_bucket_policy", "s3"],
    ["aws_s3_account_public_access_block", "s3control"],
    ["aws_caller_identity", "sts"],
    ["aws_iam_policy_document", ""],
    ["aws_partition", ""],
  ])("%s needs %p, which the local cloud has", (type, service) => {
    expect(awsRequirement(type)).toEqual({ service, problem: undefined });
  });

  test.each([
    ["aws_lambda_function", "lambda"],
    ["aws_db_instance", "rds"],
    ["aws_cloudwatch_event_rule", "events"],
    ["aws_route53_resolver_endpoint", "route53resolver"],
    ["aws_vpclattice_service", "vpclattice"],
    ["aws_ecrpublic_repository", "ecrpublic"],
    ["aws_ssmcontacts_contact", "ssmcontacts"],
    ["aws_elastic_beanstalk_environment", "elastic_beanstalk"],
  ])("rejects %s: the local cloud does not have %s", (type, service) => {
    expect(awsRequirement(type)).toEqual({
      service,
      problem: `the local cloud does not have the service ${service}`,
    });
  });

  test.each(["aws_vpc_ipam", "aws_ec2_instance_connect_endpoint", "aws_ssm_association"])(
    "rejects %s, a type that the emulator of its service does not have",
    (type) => {
      expect(awsRequirement(type).problem).toMatch(/^the local cloud's (ec2|ssm) does not have this type$/);
    },
  );
});
