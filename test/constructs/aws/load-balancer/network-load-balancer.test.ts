import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Instance } from "@groundwork/constructs/aws/compute/instance";
import {
  NetworkLoadBalancer,
  type NetworkLoadBalancerProps,
} from "@groundwork/constructs/aws/load-balancer/network-load-balancer";
import { ELB002, ELB003, ELB005, ELB006 } from "@groundwork/constructs/aws/load-balancer/rules";
import { TargetGroup } from "@groundwork/constructs/aws/load-balancer/target-group";
import { Network } from "@groundwork/constructs/aws/network/network";
import { SecurityGroup } from "@groundwork/constructs/aws/network/security/security-group";
import { Region } from "@groundwork/constructs/aws/region";
import { LogBucket } from "@groundwork/constructs/aws/storage/log-bucket";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Port } from "@groundwork/constructs/core/port";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import { awsStack, resource, resources } from "../../../support/fixture";

function balancerWith(props: Partial<NetworkLoadBalancerProps> = {}) {
  const stack = awsStack();
  const network = new Network(stack, "Network", {
    cidr: Cidr.parse("10.20.0.0/16"),
    zones: Region.of("ap-northeast-2").zones(1),
  });
  const balancer = new NetworkLoadBalancer(stack, "Database", { network, ...props });
  const targets = new TargetGroup(stack, "Targets", { network, port: 5432, protocol: "TCP" });
  return { stack, network, balancer, targets };
}

describe("NetworkLoadBalancer", () => {
  test("forwards TCP, in one zone too, and always has a security group", () => {
    const { stack, balancer, targets } = balancerWith();
    balancer.addListener({ port: Port.tcp(5432), targetGroup: targets });
    expect(resource(stack, Lb)).toMatchObject({
      load_balancer_type: "network",
      internal: true,
      enable_cross_zone_load_balancing: false,
      security_groups: [expect.stringContaining("aws_security_group")],
    });
    expect(resource(stack, LbListener)).toMatchObject({ port: 5432, protocol: "TCP" });
  });

  test("terminates TLS with a certificate", () => {
    const { stack, balancer, targets } = balancerWith({ crossZone: true });
    const certificate = { certificateArn: "arn:aws:acm:ap-northeast-2:111122223333:certificate/0a1b" };
    balancer.addListener({ port: Port.tcp(443), targetGroup: targets, certificate });
    expect(resource(stack, LbListener)).toMatchObject({ protocol: "TLS", certificate_arn: certificate.certificateArn });
    const other = { certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0a1b" };
    const add = () => {
      balancer.addListener({ port: Port.tcp(444), targetGroup: targets, certificate: other });
    };
    expect(add).toViolate(ELB005);
  });

  test("opens the port of UDP targets and that of their health check", () => {
    const { stack, network, balancer } = balancerWith();
    const [subnet] = network.subnetsOf("private");
    if (subnet === undefined) throw new Error("a network without subnets");
    const targets = new TargetGroup(stack, "Udp", { network, port: 514, protocol: "UDP" });
    targets.addTarget(new Instance(stack, "Log", { network, subnet, instanceType: "t4g.small" }));
    balancer.addListener({ port: Port.udp(514), targetGroup: targets });
    const rules = resources(stack, VpcSecurityGroupIngressRule).filter(({ address }) => address.includes("Log"));
    expect(rules.map((rule) => rule["ip_protocol"]).sort()).toEqual(["tcp", "udp"]);
  });

  test("delivers access logs", () => {
    const { stack } = (() => {
      const created = balancerWith();
      const accessLogs = new LogBucket(created.stack, "Logs");
      new NetworkLoadBalancer(created.stack, "Logged", { network: created.network, accessLogs });
      return created;
    })();
    const policy = String(resource(stack, S3BucketPolicy)["policy"]);
    expect(policy).toContain("delivery.logs.amazonaws.com");
    expect(policy).toContain("s3:GetBucketAcl");
  });

  test("is understood by the reachability analysis, also one without security groups", () => {
    const { stack, network, balancer, targets } = balancerWith();
    balancer.addListener({ port: Port.tcp(5432), targetGroup: targets });
    const [subnet] = network.subnetsOf("public");
    if (subnet === undefined) throw new Error("a network without subnets");
    const open = new Lb(stack, "Open", { loadBalancerType: "network", internal: true, subnets: [subnet.subnetId] });
    const group = new SecurityGroup(stack, "Client", { network, description: "client" });
    group.connections.allowAllOutbound("all");
    const traffic = reachability(stack).from(group);
    expect(traffic.to(balancer, Port.tcp(5432)).passes).toBe(true);
    expect(traffic.to(balancer, Port.tcp(80)).blocked).toBe(true);
    expect(traffic.to(open, Port.tcp(80)).passes).toBe(true);
  });

  test("rejects listeners that AWS would reject", () => {
    const { stack, network, balancer, targets } = balancerWith();
    const add =
      (port: Port, targetGroup = targets, certificate?: { certificateArn: string }) =>
      () => {
        balancer.addListener({ port, targetGroup, ...(certificate === undefined ? {} : { certificate }) });
      };
    for (const port of [Port.ALL, Port.ALL_ICMP, Port.tcpRange(1, 2), Port.tcp(0)]) expect(add(port)).toViolate(ELB006);
    const certificate = { certificateArn: "arn:aws:acm:ap-northeast-2:111122223333:certificate/0a1b" };
    expect(add(Port.udp(443), targets, certificate)).toViolate(ELB006, /with a certificate/);
    const http = new TargetGroup(stack, "Http", { network, port: 80 });
    expect(add(Port.tcp(80), http)).toViolate(ELB003, /"TCP" or "UDP"/);
    add(Port.tcp(81))();
    expect(add(Port.tcp(81))).toViolate(ELB002);
  });
});
