import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Nat } from "@groundwork/constructs/aws/network/nat/nat";
import { Network } from "@groundwork/constructs/aws/network/network";
import { NET008, NET013, NET018 } from "@groundwork/constructs/aws/network/rules";
import { AwsProviderVersion } from "@groundwork/constructs/aws/provider-version";
import { Region } from "@groundwork/constructs/aws/region";
import { AWS003, AWS005 } from "@groundwork/constructs/aws/rules";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { awsStack, type Block, resource, resources, synthesized } from "../../../../support/fixture";

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

/** Reference to the public subnet of a zone. */
function publicSubnet(stack: ReturnType<typeof awsStack>, zone: string): string {
  const isPublic = (subnet: Block) => (subnet["tags"] as Record<string, string>)["Tier"] === "public";
  const found = resources(stack, Subnet).find(
    (subnet) => isPublic(subnet) && String(subnet["availability_zone"]).endsWith(zone),
  );
  return `\${${found?.address ?? ""}.id}`;
}

describe("Nat", () => {
  test("perZone creates a gateway with its own address in each zone", () => {
    const stack = stackWith(Nat.perZone(), "a", "b", "c");
    expect([resources(stack, NatGateway).length, resources(stack, Eip).length]).toEqual([3, 3]);
    expect(new Set(natRoutes(stack).map((route) => route["nat_gateway_id"])).size).toBe(3);
  });

  test("single creates one gateway in the first listed zone for all zones", () => {
    const stack = stackWith(Nat.single(), "c", "a");
    expect(resource(stack, NatGateway)["subnet_id"]).toBe(publicSubnet(stack, "c"));
    expect(new Set(natRoutes(stack).map((route) => route["nat_gateway_id"])).size).toBe(1);
  });

  test.each([
    ["a zone before the first", ["b", "c"], ["a", "b", "c"]],
    ["a zone after the last", ["a", "b"], ["a", "b", "c"]],
    ["the same zones in another order", ["a", "b", "c"], ["c", "b", "a"]],
  ] as const)("single keeps its gateway and its address with %s", (_, [first, ...others], [newFirst, ...newOthers]) => {
    for (const [nat, type] of [
      [() => Nat.single(), NatGateway],
      [() => Nat.instance(), Instance],
    ] as const) {
      const before = resource(stackWith(nat(), first, ...others), type);
      const after = resource(stackWith(nat(), newFirst, ...newOthers), type);
      expect(after.address).toBe(before.address);
      const { lifecycle } = after as { lifecycle?: { ignore_changes?: string[] } };
      expect(lifecycle?.ignore_changes).toContain("subnet_id");
    }
    const addresses = (...zones: [string, ...string[]]) =>
      resources(stackWith(Nat.single(), ...zones), Eip).map(({ address }) => address);
    expect(addresses(newFirst, ...newOthers)).toEqual(addresses(first, ...others));
  });

  test("single keeps the address that it had in the first zone of the region before", () => {
    expect(resource(stackWith(Nat.single(), "a"), NatGateway).address).toBe("aws_nat_gateway.Network_nat_a_7D6ADFED");
  });

  test("single fails at the plan when its zone was removed, because its subnet cannot be deleted", () => {
    for (const type of [NatGateway, Instance]) {
      const stack = stackWith(type === NatGateway ? Nat.single() : Nat.instance(), "b", "c");
      const { lifecycle } = resource(stack, type) as unknown as {
        lifecycle: { postcondition: { condition: string; error_message: string }[] };
      };
      const ids = ["b", "c"].map((zone) => publicSubnet(stack, zone).slice(2, -1));
      expect(lifecycle.postcondition[0]?.condition).toBe(`\${contains([${ids.join(", ")}], self.subnet_id)}`);
      expect(lifecycle.postcondition[0]?.error_message).toContain("specify its new zone");
    }
  });

  test.each([
    [Nat.single({ zone: "b" }), NatGateway],
    [Nat.instance({ zone: "b" }), Instance],
    [Nat.single({ elasticIps: { b: "eipalloc-1" } }), NatGateway],
  ] as const)("is in the zone that is specified (%#), and moves with it", (nat, type) => {
    const stack = stackWith(nat, "a", "b");
    const found = resource(stack, type);
    expect(found["subnet_id"]).toBe(publicSubnet(stack, "b"));
    expect(JSON.stringify(found["lifecycle"] ?? {})).not.toContain("subnet_id");
    expect(found.address).toMatch(type === NatGateway ? /nat_b_/ : /nat_Instance_/);
  });

  test("naming zone a, in which most gateways were created, keeps the gateway and its address", () => {
    for (const type of [NatGateway, Eip])
      expect(resource(stackWith(Nat.single({ zone: "a" }), "a", "b"), type).address).toBe(
        resource(stackWith(Nat.single(), "a", "b"), type).address,
      );
  });

  test("a gateway in another zone has another elastic IP: the old gateway still has the old one while it is replaced", () => {
    const [one, other] = ["a", "b"].map((zone) => resource(stackWith(Nat.single({ zone }), "a", "b"), Eip).address);
    expect(one).not.toBe(other);
  });

  test("rejects a zone that the network does not have", () => {
    for (const nat of [Nat.single({ zone: "d" }), Nat.instance({ zone: "" }), Nat.single({ zone: "ab" })])
      expect(() => stackWith(nat, "a", "b")).toViolate(NET013, /use a zone of the network: a, b/);
  });

  test.each(["", "t3.nano", "t4g", "t4g.", "g5.xlarge", "T4G.nano", "t4g.nano "])(
    "rejects the instance type %p, for which its image is not built",
    (instanceType) => expect(() => stackWith(Nat.instance({ instanceType }), "a")).toViolate(NET018),
  );

  test.each(["c7gn.medium", "a1.large", "m7gd.metal", "t4g.2xlarge", "${TfToken[TOKEN.1]}"])(
    "accepts the instance type %p",
    (instanceType) => expect(() => stackWith(Nat.instance({ instanceType }), "a")).not.toThrow(),
  );

  test.each(["foo", "eipalloc-", "203.0.113.5", "arn:aws:ec2:us-west-2:111122223333:elastic-ip/eipalloc-1"])(
    "rejects %p as an elastic IP",
    (a) => expect(() => stackWith(Nat.perZone({ elasticIps: { a } }), "a")).toViolate(AWS005, /eipalloc-0123/),
  );

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
    const two = { a: "eipalloc-1", b: "eipalloc-2" };
    expect(() => stackWith(Nat.single({ elasticIps: two }), "a", "b")).toViolate(
      NET008,
      /zones a, b, NAT gateways in a/,
    );
    expect(() => stackWith(Nat.single({ elasticIps: {} }), "a", "b")).toViolate(
      NET008,
      /zones none, NAT gateways in a/,
    );
  });
});
