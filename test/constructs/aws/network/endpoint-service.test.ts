import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { GatewayEndpoint, InterfaceEndpoint } from "@groundwork/constructs/aws/network/endpoint";
import { gatewayServiceName, interfaceServiceName } from "@groundwork/constructs/aws/network/endpoint-service";
import { Network } from "@groundwork/constructs/aws/network/network";
import { NET014 } from "@groundwork/constructs/aws/network/rules";
import { Region } from "@groundwork/constructs/aws/region";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { awsStack, resources } from "../../../support/fixture";

describe("names of endpoint services", () => {
  test.each([
    ["cn-north-1", "kms", "com.amazonaws.cn-north-1.kms"],
    ["cn-north-1", "logs", "com.amazonaws.cn-north-1.logs"],
    ["cn-north-1", "ssm", "com.amazonaws.cn-north-1.ssm"],
    ["cn-north-1", "ssmmessages", "com.amazonaws.cn-north-1.ssmmessages"],
    ["cn-north-1", "secretsmanager", "com.amazonaws.cn-north-1.secretsmanager"],
    ["cn-north-1", "ec2", "cn.com.amazonaws.cn-north-1.ec2"],
    ["cn-north-1", "ecr.api", "cn.com.amazonaws.cn-north-1.ecr.api"],
    ["cn-northwest-1", "ecr.dkr", "cn.com.amazonaws.cn-northwest-1.ecr.dkr"],
    ["cn-northwest-1", "sts", "cn.com.amazonaws.cn-northwest-1.sts"],
    ["cn-northwest-1", "autoscaling", "cn.com.amazonaws.cn-northwest-1.autoscaling"],
    ["cn-northwest-1", "workspaces", "cn.com.amazonaws.cn-northwest-1.workspaces"],
    ["cn-north-1", "workspaces", "com.amazonaws.cn-north-1.workspaces"],
    ["cn-north-1", "transcribe", "cn.com.amazonaws.cn-north-1.transcribe.cn"],
    ["eusc-de-east-1", "ecr.api", "eu.amazonaws.eusc-de-east-1.ecr.api"],
    ["us-gov-west-1", "ecr.api", "com.amazonaws.us-gov-west-1.ecr.api"],
    ["us-west-2", "sts", "com.amazonaws.us-west-2.sts"],
    ["us-west-2", "constructor", "com.amazonaws.us-west-2.constructor"],
  ])("in %s, the endpoint of %s is %s", (region, service, name) => {
    expect(interfaceServiceName(region, service)).toBe(name);
  });

  test("gateway endpoints have one form everywhere", () => {
    expect(gatewayServiceName("cn-north-1", "s3")).toBe("com.amazonaws.cn-north-1.s3");
  });

  test("a network in China uses them", () => {
    const stack = awsStack("cn-north-1");
    const network = new Network(stack, "Network", {
      cidr: Cidr.parse("10.20.0.0/16"),
      zones: Region.of("cn-north-1").zones(2),
      gatewayEndpoints: [GatewayEndpoint.S3, GatewayEndpoint.DYNAMODB],
    });
    network.addInterfaceEndpoint(InterfaceEndpoint.KMS, "private");
    network.addInterfaceEndpoint(InterfaceEndpoint.STS, "private");
    expect(
      resources(stack, VpcEndpoint)
        .map((endpoint) => endpoint["service_name"])
        .sort(),
    ).toEqual([
      "cn.com.amazonaws.cn-north-1.sts",
      "com.amazonaws.cn-north-1.dynamodb",
      "com.amazonaws.cn-north-1.kms",
      "com.amazonaws.cn-north-1.s3",
    ]);
  });
});

describe("InterfaceEndpoint.of", () => {
  test.each([
    "",
    "KMS",
    "com.amazonaws.us-west-2.kms",
    "cn.com.amazonaws.cn-north-1.ec2",
    "kms ",
    "${x}",
    ".kms",
    "k..s",
  ])("rejects %p", (service) => expect(() => InterfaceEndpoint.of(service)).toViolate(NET014, /for example "ecr.api"/));
});
