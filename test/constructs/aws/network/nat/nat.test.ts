import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Nat } from "@groundwork/constructs/aws/network/nat/nat";
import { Network } from "@groundwork/constructs/aws/network/network";
import { NET008 } from "@groundwork/constructs/aws/network/rules";
import { AwsProviderVersion } from "@groundwork/constructs/aws/provider-version";
import { Region } from "@groundwork/constructs/aws/region";
import { AWS003 } from "@groundwork/constructs/aws/rules";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { awsStack, resource, resources, synthesized } from "../../../../support/fixture";

function stackWith(nat: Nat, ...zones: [string, ...string[]]) {
  const stack = awsStack();
  new Network(stack, "Network", {
    cidr: Cidr.parse("10.0.0.0/16"),
    zones: Region.of("ap-northeast-2").zones(...zones),
    nat,
  });
  return stack;
}

function natRoutes(stack: ReturnType<typeof awsStack>) {
  return resources(stack, Route).filter((route) => route["gateway_id"] === undefined);
}

describe("Nat", () => {
  test("perZone creates a gateway with its own address in each zone", () => {
    const stack = stackWith(Nat.perZone(), "a", "b", "c");
    expect([resources(stack, NatGateway).length, resources(stack, Eip).length]).toEqual([3, 3]);
    expect(new Set(natRoutes(stack).map((route) => route["nat_gateway_id"])).size).toBe(3);
  });

  test("single creates one gateway in the first listed zone for all zones", () => {
    const stack = stackWith(Nat.single(), "c", "a");
    expect(resource(stack, NatGateway).address).toContain("_c_");
    expect(new Set(natRoutes(stack).map((route) => route["nat_gateway_id"])).size).toBe(1);
  });

  test("instance creates one small machine that forwards traffic of the private tiers", () => {
    const stack = stackWith(Nat.instance(), "a", "b");
    const machine = resource(stack, Instance);
    expect(machine).toMatchObject({
      source_dest_check: false,
      instance_type: "t4g.nano",
      metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
      root_block_device: { encrypted: true },
    });
    expect(resources(stack, VpcSecurityGroupIngressRule).map((rule) => rule["cidr_ipv4"])).toEqual([
      "10.0.128.0/20",
      "10.0.144.0/20",
    ]);
    expect(natRoutes(stack).map((route) => route["network_interface_id"])).toEqual([
      `\${${machine.address}.primary_network_interface_id}`,
      `\${${machine.address}.primary_network_interface_id}`,
    ]);
  });

  test("regional creates one gateway without a subnet", () => {
    const stack = stackWith(Nat.regional(), "a", "b");
    AwsProviderVersion.require(stack, ">= 6.24.0, < 7.0.0");
    expect(resource(stack, NatGateway)).toMatchObject({ availability_mode: "regional", connectivity_type: "public" });
    expect(resource(stack, NatGateway)).not.toHaveProperty("subnet_id");
  });

  test.each([undefined, AwsProviderVersion.DEFAULT, ">= 6.23.0, < 7.0.0"])(
    "rejects a regional gateway when the stack also accepts older providers (%s)",
    (constraint) => {
      const stack = stackWith(Nat.regional(), "a");
      if (constraint !== undefined) AwsProviderVersion.require(stack, constraint);
      expect(() => synthesized(stack)).toViolate(AWS003, /needs AWS provider 6\.24/);
    },
  );

  test("rejects elastic IPs that do not match the zones with a gateway", () => {
    expect(() => stackWith(Nat.perZone({ elasticIps: { a: "eipalloc-1" } }), "a", "b")).toViolate(
      NET008,
      /zones a, NAT gateways in a, b/,
    );
    expect(() => stackWith(Nat.single({ elasticIps: {} }), "a", "b")).toViolate(
      NET008,
      /zones none, NAT gateways in a/,
    );
  });
});
