import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Instance } from "@groundwork/constructs/aws/compute/instance";
import { Action } from "@groundwork/constructs/aws/load-balancer/action";
import {
  ApplicationLoadBalancer,
  type ApplicationLoadBalancerProps,
} from "@groundwork/constructs/aws/load-balancer/application-load-balancer";
import { ELB001, ELB002, ELB003, ELB005, ELB006, ELB007 } from "@groundwork/constructs/aws/load-balancer/rules";
import { Scheme } from "@groundwork/constructs/aws/load-balancer/scheme";
import { TargetGroup } from "@groundwork/constructs/aws/load-balancer/target-group";
import { Network } from "@groundwork/constructs/aws/network/network";
import { SEC001 } from "@groundwork/constructs/aws/network/rules";
import { Region } from "@groundwork/constructs/aws/region";
import { LogBucket } from "@groundwork/constructs/aws/storage/log-bucket";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Duration } from "@groundwork/constructs/core/duration";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { GitLabServer } from "@groundwork/constructs/gitlab/server/gitlab-server";
import { Tls } from "@groundwork/constructs/gitlab/server/tls";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import { awsStack, resource, resources } from "../../../support/fixture";

const CERTIFICATE = { certificateArn: "arn:aws:acm:ap-northeast-2:111122223333:certificate/0a1b" };

function balancerWith(props: Partial<ApplicationLoadBalancerProps> = {}, zones = 2) {
  const stack = awsStack();
  const network = new Network(stack, "Network", {
    cidr: Cidr.parse("10.20.0.0/16"),
    zones: Region.of("ap-northeast-2").zones(zones),
  });
  const balancer = new ApplicationLoadBalancer(stack, "Public", { network, ...props });
  const targets = new TargetGroup(stack, "Targets", { network, port: 8080 });
  return { stack, network, balancer, targets };
}

const PUBLIC = { scheme: Scheme.internetFacing(Peer.anyIpv4()) };

describe("ApplicationLoadBalancer", () => {
  test("is internal by default, and open to its network only", () => {
    const { stack, balancer, targets } = balancerWith();
    balancer.addHttp({ action: Action.forward(targets) });
    expect(resource(stack, Lb)).toMatchObject({
      internal: true,
      load_balancer_type: "application",
      drop_invalid_header_fields: true,
      name_prefix: "publi-",
      lifecycle: { create_before_destroy: true },
    });
    const ingress = resources(stack, VpcSecurityGroupIngressRule);
    expect(ingress.map((rule) => [rule["cidr_ipv4"], rule["from_port"]])).toEqual([["10.20.0.0/16", 80]]);
  });

  test("serves HTTPS with current TLS versions and redirects HTTP", () => {
    const { stack, balancer, targets } = balancerWith(PUBLIC);
    balancer.addHttps({ certificates: [CERTIFICATE], action: Action.forward(targets) });
    const listeners = resources(stack, LbListener);
    expect(listeners).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          port: 443,
          protocol: "HTTPS",
          certificate_arn: CERTIFICATE.certificateArn,
          ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        }),
        expect.objectContaining({
          port: 80,
          protocol: "HTTP",
          default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
        }),
      ]),
    );
    expect(resource(stack, Lb)["internal"]).toBe(false);
    expect(
      resources(stack, VpcSecurityGroupIngressRule)
        .map((rule) => rule["from_port"])
        .sort(),
    ).toEqual([443, 80]);
  });

  test("opens both ends of the connections to its targets, in every order of calls", () => {
    for (const targetFirst of [true, false]) {
      const { stack, network, balancer, targets } = balancerWith(PUBLIC);
      const [subnet] = network.subnetsOf("private");
      if (subnet === undefined) throw new Error("a network without subnets");
      const machine = new Instance(stack, "Web", { network, subnet, instanceType: "t4g.small" });
      const forward = () => balancer.addHttp({ action: Action.forward(targets) });
      if (targetFirst) targets.addTarget(machine);
      forward();
      if (!targetFirst) targets.addTarget(machine);
      const reference = (rule: Record<string, unknown>) => rule["referenced_security_group_id"] !== undefined;
      const ends = [VpcSecurityGroupIngressRule, VpcSecurityGroupEgressRule].map((type) =>
        resources(stack, type).filter(reference),
      );
      expect(ends.map((rules) => rules.map((rule) => rule["from_port"]))).toEqual([[8080], [8080]]);
    }
  });

  test("is understood by the reachability analysis", () => {
    const { stack, network, balancer, targets } = balancerWith(PUBLIC);
    const [subnet] = network.subnetsOf("private");
    if (subnet === undefined) throw new Error("a network without subnets");
    const machine = new Instance(stack, "Web", { network, subnet, instanceType: "t4g.small" });
    targets.addTarget(machine);
    balancer.addHttps({ certificates: [CERTIFICATE], action: Action.forward(targets) });
    const traffic = reachability(stack);
    expect(traffic.from(Peer.internet()).to(balancer, Port.HTTPS).passes).toBe(true);
    expect(traffic.from(Peer.internet()).to(balancer, Port.tcp(8080)).blocked).toBe(true);
    expect(traffic.from(balancer).to(machine, Port.tcp(8080)).passes).toBe(true);
    expect(traffic.from(Peer.internet()).to(machine, Port.tcp(8080)).blocked).toBe(true);
  });

  test("routes hosts and paths by rules", () => {
    const { stack, balancer, targets } = balancerWith();
    const listener = balancer.addHttp({ action: Action.respond(404, "not found") });
    listener.addRule("Api", {
      priority: 10,
      hosts: ["api.example.com"],
      paths: ["/v1/*"],
      action: Action.forward(targets),
    });
    expect(resource(stack, LbListenerRule)).toMatchObject({
      priority: 10,
      condition: [{ host_header: { values: ["api.example.com"] } }, { path_pattern: { values: ["/v1/*"] } }],
    });
    expect(targets.resourceLabel).toBeDefined();
    const add = (props: object) => () => {
      listener.addRule(`Rule${JSON.stringify(props).length}`, {
        priority: 20,
        paths: ["/a"],
        action: Action.forward(targets),
        ...props,
      });
    };
    for (const priority of [0, 50_001, 1.5, 10]) expect(add({ priority })).toViolate(ELB007);
    for (const paths of [[], ["api"], ["/a b"], ["/a", "/b", "/c", "/d", "/e", "/f"]])
      expect(add({ paths })).toViolate(ELB007);
    for (const host of ["", "localhost", "a b.example.com", "https://a.example.com"])
      expect(add({ hosts: [host] })).toViolate(ELB007, /\*\.example\.com/);
  });

  test("has further certificates for further names", () => {
    const { stack, balancer, targets } = balancerWith(PUBLIC);
    const other = { certificateArn: `${CERTIFICATE.certificateArn}2` };
    balancer.addHttps({ certificates: [CERTIFICATE, other], action: Action.forward(targets) });
    expect(resource(stack, LbListenerCertificate)["certificate_arn"]).toBe(other.certificateArn);
  });

  test.each([
    "arn:aws:acm:us-east-1:111122223333:certificate/0a1b",
    "arn:aws:iam::111122223333:server-certificate/a",
    "0a1b",
    "",
  ])("rejects the certificate %p", (certificateArn) => {
    const { balancer, targets } = balancerWith(PUBLIC);
    const add = () => balancer.addHttps({ certificates: [{ certificateArn }], action: Action.forward(targets) });
    expect(add).toViolate(ELB005, /ap-northeast-2/);
  });

  test.each([
    ["ap-northeast-2", "data.aws_elb_service_account"],
    ["ap-southeast-4", "logdelivery.elasticloadbalancing.amazonaws.com"],
  ])("delivers access logs in %s", (region, principal) => {
    const stack = awsStack(region);
    const network = new Network(stack, "Network", {
      cidr: Cidr.parse("10.20.0.0/16"),
      zones: Region.of(region).zones(2),
    });
    const accessLogs = new LogBucket(stack, "Logs");
    new ApplicationLoadBalancer(stack, "Public", { network, accessLogs });
    const lb = resource(stack, Lb);
    expect(lb["access_logs"]).toMatchObject({ enabled: true, prefix: "test-public" });
    const policy = resource(stack, S3BucketPolicy);
    expect(String(policy["policy"])).toContain(principal);
    expect(String(policy["policy"])).toContain("/test-public/AWSLogs/");
    expect(lb["depends_on"]).toContain(policy.address);
  });

  test("rejects what AWS would reject", () => {
    expect(() => balancerWith({}, 1)).toViolate(ELB001, /at least 2 zones/);
    expect(() => balancerWith({ idleTimeout: Duration.seconds(4_001) })).toViolate(ELB006);
    const { network, balancer, targets, stack } = balancerWith();
    balancer.addHttp({ action: Action.forward(targets) });
    expect(() => balancer.addHttp({ action: Action.forward(targets) })).toViolate(ELB002, /tcp 80/);
    const tcp = new TargetGroup(stack, "Tcp", { network, port: 5432, protocol: "TCP" });
    expect(() => balancer.addHttp({ port: 81, action: Action.forward(tcp) })).toViolate(ELB003, /"HTTP" or "HTTPS"/);
    for (const status of [199, 301, 600, 200.5]) expect(() => Action.respond(status)).toViolate(ELB006);
    expect(() => Action.respond(200, "ä".repeat(513))).toViolate(ELB006, /1026 bytes/);
    const policy = () =>
      balancer.addHttps({
        certificates: [CERTIFICATE],
        port: 444,
        redirectsHttp: false,
        tlsPolicy: "TLS1.2",
        action: Action.forward(targets),
      });
    expect(policy).toViolate(ELB006, /ELBSecurityPolicy/);
    const none = () => balancer.addHttps({ certificates: [] as never, action: Action.forward(targets) });
    expect(none).toViolate(ELB005, /addHttp/);
  });

  test("rejects an administration port that is open to the internet", () => {
    const { balancer, targets } = balancerWith(PUBLIC);
    expect(() => balancer.addHttp({ port: 22, action: Action.forward(targets) })).toViolate(SEC001);
  });

  test("has a GitLab server behind it", () => {
    const { stack, network, balancer } = balancerWith(PUBLIC);
    const [subnet] = network.subnetsOf("private");
    if (subnet === undefined) throw new Error("a network without subnets");
    const server = new GitLabServer(stack, "Server", {
      network,
      subnet,
      version: GitLabVersion.of("18.11.2"),
      tls: Tls.behind(balancer),
      url: "https://gitlab.example.com",
    });
    const targets = new TargetGroup(stack, "GitLab", { network, port: 80 });
    targets.addTarget(server);
    balancer.addHttps({ certificates: [CERTIFICATE], action: Action.forward(targets) });
    const ports = resources(stack, VpcSecurityGroupIngressRule)
      .filter((rule) => rule["referenced_security_group_id"] !== undefined)
      .map((rule) => rule["from_port"]);
    expect(ports).toEqual([80]);
  });

  test("imports an existing load balancer", () => {
    const { stack, targets } = balancerWith();
    const existing = ApplicationLoadBalancer.fromAttributes(stack, "Existing", {
      dnsName: "a.elb.amazonaws.com",
      hostedZoneId: "Z1",
      securityGroupId: "sg-0123456789abcdef0",
    });
    existing.connections.allowTo(Peer.ipv4("10.20.0.0/16"), Port.HTTP, "targets");
    expect(existing.dnsName).toBe("a.elb.amazonaws.com");
    expect(targets.resourceLabel).toBeUndefined();
  });
});
