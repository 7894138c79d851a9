import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { Instance } from "@groundwork/constructs/aws/compute/instance";
import { HealthCheck } from "@groundwork/constructs/aws/load-balancer/health-check";
import { ELB004, ELB006 } from "@groundwork/constructs/aws/load-balancer/rules";
import { TargetGroup, type TargetGroupProps } from "@groundwork/constructs/aws/load-balancer/target-group";
import { Network } from "@groundwork/constructs/aws/network/network";
import { Region } from "@groundwork/constructs/aws/region";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Duration } from "@groundwork/constructs/core/duration";
import { awsStack, resource } from "../../../support/fixture";

function groupWith(props: Partial<TargetGroupProps> = {}) {
  const stack = awsStack();
  const network = new Network(stack, "Network", {
    cidr: Cidr.parse("10.20.0.0/16"),
    zones: Region.of("ap-northeast-2").zones(1),
  });
  return { stack, network, targets: new TargetGroup(stack, "WebTargets", { network, port: 8080, ...props }) };
}

describe("TargetGroup", () => {
  test("can be replaced while a listener forwards to it", () => {
    expect(resource(groupWith().stack, LbTargetGroup)).toMatchObject({
      name_prefix: "webta-",
      lifecycle: { create_before_destroy: true },
      deregistration_delay: "30",
      health_check: { protocol: "HTTP", path: "/", matcher: "200", interval: 15, timeout: 5 },
    });
  });

  test("registers machines, under their own ids", () => {
    const { stack, network, targets } = groupWith();
    const [subnet] = network.subnetsOf("private");
    if (subnet === undefined) throw new Error("a network without subnets");
    targets.addTarget(new Instance(stack, "Web", { network, subnet, instanceType: "t4g.small" }));
    expect(resource(stack, LbTargetGroupAttachment)["target_id"]).toContain("aws_instance.Web");
  });

  test.each(["", "health", "/a b", "/ü", `/${"x".repeat(1_024)}`])("rejects the path %p", (path) => {
    expect(() => HealthCheck.http(path)).toViolate(ELB004, /use a path/);
  });

  test.each(["", "99", "200-199", "500", "2xx", "200,", "200 "])("rejects the codes %p", (codes) => {
    expect(() => HealthCheck.http("/", { codes })).toViolate(ELB004);
  });

  test.each(["200", "200,302", "200-299", "404"])("accepts the codes %p", (codes) => {
    expect(() => HealthCheck.http("/", { codes })).not.toThrow();
  });

  test.each([
    { interval: Duration.seconds(4) },
    { interval: Duration.seconds(301) },
    { timeout: Duration.seconds(1) },
    { timeout: Duration.seconds(15) },
    { healthy: 1 },
    { healthy: 11 },
    { unhealthy: 1 },
    { unhealthy: 2.5 },
  ])("rejects the times and counts %p", (options) => {
    expect(() => HealthCheck.http("/", options)).toViolate(ELB004);
    expect(() => HealthCheck.tcp(options)).toViolate(ELB004);
  });

  test("rejects settings that AWS would reject", () => {
    for (const port of [0, 65_536, 80.5]) expect(() => groupWith({ port })).toViolate(ELB006);
    expect(() => groupWith({ draining: Duration.seconds(3_601) })).toViolate(ELB006);
    expect(() => groupWith({ healthCheck: HealthCheck.tcp() })).toViolate(ELB004, /HealthCheck\.http/);
    expect(() => groupWith({ protocol: "TCP", healthCheck: HealthCheck.http("/") })).not.toThrow();
  });
});
