import { Duration } from "@groundwork/constructs/core/duration";
import { Peer } from "@groundwork/constructs/core/peer";
import { NAM001, NAM002, TAG001 } from "@groundwork/constructs/core/rules";
import type { IBackend } from "@groundwork/constructs/kubernetes/ingress/backend";
import { Exposure } from "@groundwork/constructs/kubernetes/workload/exposure";
import { Health } from "@groundwork/constructs/kubernetes/workload/health";
import { IngressGroup, type IngressGroupProps } from "@groundwork/constructs/kubernetes/ingress/ingress-group";
import type { IngressMemberProps } from "@groundwork/constructs/kubernetes/ingress/ingress-member";
import { Listeners } from "@groundwork/constructs/kubernetes/ingress/listeners";
import {
  ING001,
  ING002,
  ING003,
  ING004,
  ING005,
  ING006,
  ING007,
  ING008,
  ING009,
  ING010,
  ING011,
  ING012,
  ING013,
  ING014,
  ING015,
  ING016,
  ING017,
  ING018,
  ING019,
  ING020,
  ING021,
  ING022,
  ING023,
  KUB014,
  KUB019,
  KUB029,
} from "@groundwork/constructs/kubernetes/rules";
import { Lazy, Testing } from "cdktf";
import { graphOf } from "../../../support/graph";
import { clusterStack, manifests, objectOf, webService } from "../../../support/kubernetes";

const ALB = "alb.ingress.kubernetes.io";
const CERTIFICATE = "arn:aws:acm:ap-northeast-2:111122223333:certificate/12345678-1234-1234-1234-123456789012";

function group(props: Partial<IngressGroupProps> = {}) {
  const stack = clusterStack();
  const service = webService(stack);
  const ingressGroup = new IngressGroup(stack, "Group", { name: "web", ...props });
  const add = (member: Partial<IngressMemberProps> = {}) =>
    ingressGroup.add(member.name ?? "web", { name: "web", order: 1, service, ...member });
  return { stack, service, ingressGroup, add };
}

/** The annotations of a group's only member, without their prefix. */
function annotationsOf(props: Partial<IngressGroupProps>): Record<string, string> {
  const { stack, add } = group(props);
  add();
  const annotations = objectOf(stack, "Ingress", "metadata.annotations") as Record<string, string>;
  return Object.fromEntries(Object.entries(annotations).map(([key, value]) => [key.replace(`${ALB}/`, ""), value]));
}

describe("IngressGroup", () => {
  test("renders the load balancer of the lab: one group, three ordered paths", () => {
    const stack = clusterStack();
    const lab = new IngressGroup(stack, "Web", {
      name: "eks-demo-group",
      scheme: "internet-facing",
      attributes: {},
    });
    const paths: [string, string, number, string][] = [
      ["flask-backend-ingress", "demo-flask-backend", 1, "/contents"],
      ["nodejs-backend-ingress", "demo-nodejs-backend", 2, "/services"],
      ["frontend-ingress", "demo-frontend", 3, "/"],
    ];
    for (const [name, service, order, path] of paths)
      lab.add(name, { name, order, path, service: webService(stack, { name: service, health: Health.at(path) }) });
    expect(
      manifests(stack)
        .filter(({ kind }) => kind === "Ingress")
        .map(({ object }) => object),
    ).toEqual(
      [...paths].sort().map(([name, service, order, path]) => ({
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: {
          name,
          namespace: "default",
          annotations: {
            [`${ALB}/group.name`]: "eks-demo-group",
            [`${ALB}/group.order`]: `${order}`,
            [`${ALB}/scheme`]: "internet-facing",
            [`${ALB}/target-type`]: "ip",
          },
        },
        spec: {
          ingressClassName: "alb",
          rules: [
            {
              http: {
                paths: [{ path, pathType: "Prefix", backend: { service: { name: service, port: { number: 80 } } } }],
              },
            },
          ],
        },
      })),
    );
  });

  test("annotates the Service with the health check", () => {
    const { stack, add } = group();
    add({
      healthCheck: {
        every: Duration.seconds(30),
        timeout: Duration.seconds(3),
        healthyAfter: 3,
        unhealthyAfter: 4,
        codes: "200-204",
      },
    });
    expect(objectOf(stack, "Service", "metadata.annotations")).toEqual({
      [`${ALB}/healthcheck-path`]: "/healthz",
      [`${ALB}/healthcheck-interval-seconds`]: "30",
      [`${ALB}/healthcheck-timeout-seconds`]: "3",
      [`${ALB}/healthy-threshold-count`]: "3",
      [`${ALB}/unhealthy-threshold-count`]: "4",
      [`${ALB}/success-codes`]: "200-204",
    });
  });

  test("uses the path of the member first, and no path for a service without a health path", () => {
    const other = group();
    other.add({ healthCheck: { path: "/ready" } });
    expect(objectOf(other.stack, "Service", "metadata.annotations")).toEqual({ [`${ALB}/healthcheck-path`]: "/ready" });
    const none = group();
    none.add({ service: webService(none.stack, { name: "unchecked", health: Health.unknown() }) });
    const unchecked = manifests(none.stack).find(({ kind, name }) => kind === "Service" && name === "unchecked");
    expect(unchecked?.object.metadata["annotations"]).toBeUndefined();
  });

  test("is internal and drops malformed headers by default", () => {
    expect(annotationsOf({})).toEqual({
      "group.name": "web",
      "group.order": "1",
      scheme: "internal",
      "target-type": "ip",
      "load-balancer-attributes": "routing.http.drop_invalid_header_fields.enabled=true",
    });
  });

  test("renders all settings of the load balancer as annotations", () => {
    expect(
      annotationsOf({
        scheme: "internet-facing",
        listeners: Listeners.https({ certificateArns: [CERTIFICATE], region: "ap-northeast-2" }),
        inbound: [Peer.ipv4("203.0.113.0/24"), Peer.ipv6("2001:db8::/32"), Peer.prefixList("pl-1")],
        webAclArn: "arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/a/b",
        attributes: { "idle_timeout.timeout_seconds": "120", "access_logs.s3.enabled": "true" },
        loadBalancerName: "web",
        subnetIds: ["subnet-a", "subnet-b"],
        tags: { Team: "web", Cost: "1" },
      }),
    ).toEqual({
      "group.name": "web",
      "group.order": "1",
      scheme: "internet-facing",
      "target-type": "ip",
      "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
      "certificate-arn": CERTIFICATE,
      "ssl-redirect": "443",
      "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
      "inbound-cidrs": "203.0.113.0/24,2001:db8::/32",
      "security-group-prefix-lists": "pl-1",
      "wafv2-acl-arn": "arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/a/b",
      "load-balancer-attributes": "access_logs.s3.enabled=true,idle_timeout.timeout_seconds=120",
      "load-balancer-name": "web",
      subnets: "subnet-a,subnet-b",
      tags: "Cost=1,Team=web",
    });
  });

  test("accepts other ports", () => {
    expect(annotationsOf({ listeners: Listeners.http(8080) })["listen-ports"]).toBe('[{"HTTP":8080}]');
    const certificate = Lazy.stringValue({ produce: () => "known at apply" });
    const https = Listeners.https({ certificateArns: [certificate], region: "ap-northeast-2", port: 8443 });
    expect(annotationsOf({ listeners: https })["ssl-redirect"]).toBe("8443");
  });

  test("renders a host, another path type and annotations of the rule", () => {
    const { stack, add } = group({ ingressClass: "alb-internal" });
    add({ host: "shop.example.com", path: "/a", pathType: "Exact", annotations: { "auth-type": "oidc" } });
    expect(objectOf(stack, "Ingress", "spec")).toMatchObject({
      ingressClassName: "alb-internal",
      rules: [{ host: "shop.example.com", http: { paths: [{ path: "/a", pathType: "Exact" }] } }],
    });
    expect(objectOf(stack, "Ingress", "metadata.annotations")).toHaveProperty([`${ALB}/auth-type`], "oidc");
  });

  test("waits for the load balancer, exports its host name, and has the dependencies in dependsOn", () => {
    const { stack, service, add } = group({ dependsOn: [] });
    const first = add();
    expect(first.loadBalancerHostname).toContain("TfToken");
    const other = new IngressGroup(stack, "Other", { name: "other", dependsOn: [first], waitForLoadBalancer: false });
    other.add("late", { name: "late", order: 1, service });
    const blocks = JSON.stringify(stack.toTerraform());
    expect(blocks.match(/"wait_for_load_balancer":true/g)).toHaveLength(1);
    expect(blocks).toContain('"depends_on":["kubernetes_ingress_v1.');
  });

  test("is created after its service and destroyed before it; a service outside of the stack adds no dependency", () => {
    const { stack, add } = group();
    add();
    expect(graphOf(stack).needs("kubernetes_ingress_v1", "kubernetes_service_v1")).toBe(true);
    const elsewhere: IBackend = {
      serviceName: "elsewhere",
      namespace: "default",
      servicePort: 80,
      onNodes: false,
      healthPath: undefined,
      annotateService: () => undefined,
    };
    const other = new IngressGroup(stack, "Other", { name: "other" });
    other.add("Elsewhere", { name: "elsewhere", order: 1, service: elsewhere });
    const found =
      graphOf(stack)
        .all("kubernetes_ingress_v1")
        .find((address) => address.includes("Elsewhere")) ?? "";
    expect(graphOf(stack).touches(found, "kubernetes_service_v1")).toBe(false);
  });

  test.each(["Web", "", "-web", "web-", "a_b", "x".repeat(64)])("rejects the group name %p", (name) => {
    expect(() => group({ name })).toViolate(ING001, /at test\/Group/);
  });

  test.each([-1001, 1001, 0.5])("rejects the order %p", (order) => {
    expect(() => group().add({ order })).toViolate(ING002);
  });

  test("rejects an order that another member has", () => {
    const { add } = group();
    add({ name: "one", path: "/one" });
    expect(() => add({ name: "two", path: "/two" })).toViolate(ING003, /two and one both have order 1/);
  });

  test("rejects a path of another member, unless host or path type differ", () => {
    const { add } = group();
    add({ name: "one", path: "/a" });
    expect(() => add({ name: "two", path: "/a", order: 2 })).toViolate(ING004, /every host \/a \(Prefix\)/);
    expect(() => add({ name: "two", path: "/a", order: 0, host: "a.example.com" })).not.toThrow();
    expect(() => add({ name: "three", path: "/a", order: -1, pathType: "Exact" })).not.toThrow();
  });

  test("rejects a member that matches every request before other members, in either order of creation", () => {
    const { add } = group();
    add({ name: "all", order: 2 });
    expect(() => add({ name: "late", path: "/late", order: 3 })).toViolate(
      ING005,
      /all matches every request at order 2, before late at order 3/,
    );
    add({ name: "early", path: "/early", order: 1 });
    const other = group();
    other.add({ name: "path", path: "/path", order: 3 });
    expect(() => other.add({ name: "all", order: 1 })).toViolate(ING005);
    expect(() => other.add({ name: "all", order: 1, path: "/*", pathType: "ImplementationSpecific" })).toViolate(
      ING005,
    );
    expect(() => other.add({ name: "all", order: 1, host: "a.example.com" })).not.toThrow();
  });

  test.each([
    ["one host", { host: "a.example.com" }, { host: "a.example.com", path: "/api" }],
    ["every host before one host", { path: "/api" }, { host: "a.example.com", path: "/api" }],
    ["a wildcard before a host", { host: "*.example.com" }, { host: "a.example.com" }],
    ["a wildcard, which spans several labels", { host: "*.example.com" }, { host: "a.b.example.com", path: "/x" }],
    ["a wildcard before a narrower one", { host: "*.example.com" }, { host: "*.shop.example.com" }],
    ["a prefix before a longer one", { path: "/api" }, { path: "/api/v1" }],
    ["a prefix before itself with a slash", { path: "/api" }, { path: "/api/" }],
    ["a prefix before an exact path", { path: "/api" }, { path: "/api", pathType: "Exact" }],
    ["a prefix before a path below it", { path: "/api" }, { path: "/api/x", pathType: "Exact" }],
    ["a pattern before a prefix", { path: "/api*", pathType: "ImplementationSpecific" }, { path: "/apiary" }],
    [
      "a pattern before a narrower one",
      { path: "/*.php", pathType: "ImplementationSpecific" },
      { path: "/a/*.php", pathType: "ImplementationSpecific" },
    ],
    [
      "a question mark before a letter",
      { path: "/?", pathType: "ImplementationSpecific" },
      { path: "/a", pathType: "Exact" },
    ],
    [
      "a literal of another type",
      { path: "/a", pathType: "Exact" },
      { path: "/a", pathType: "ImplementationSpecific" },
    ],
  ] as [string, Partial<IngressMemberProps>, Partial<IngressMemberProps>][])(
    "rejects a shadowed member: %s",
    (_, first, second) => {
      for (const firstAdded of [true, false]) {
        const { add } = group();
        const members = [
          { name: "first", order: 1, ...first },
          { name: "second", order: 2, ...second },
        ];
        const [one, other] = firstAdded ? members : members.reverse();
        add(one);
        expect(() => add(other)).toViolate(ING005, /first matches every request.*before second at order 2/);
      }
    },
  );

  test("accepts the same members in the opposite order", () => {
    const { add } = group();
    add({ name: "prefix", order: 2, path: "/api" });
    expect(() => add({ name: "below", order: 1, path: "/api/v1" })).not.toThrow();
    expect(() => add({ name: "host", order: 0, path: "/api", host: "a.example.com" })).not.toThrow();
  });

  test.each([
    ["different hosts", { host: "a.example.com" }, { host: "b.example.com" }],
    ["a host before every host", { host: "a.example.com" }, {}],
    ["a host before a wildcard", { host: "a.example.com" }, { host: "*.example.com" }],
    ["a wildcard before its domain", { host: "*.example.com" }, { host: "example.com" }],
    ["an exact path before a prefix", { path: "/api", pathType: "Exact" }, { path: "/api" }],
    ["a prefix before a sibling", { path: "/api" }, { path: "/apiary" }],
    ["paths that differ in case", { path: "/api" }, { path: "/API" }],
    [
      "a narrower pattern",
      { path: "/*.php", pathType: "ImplementationSpecific" },
      { path: "/a/*", pathType: "ImplementationSpecific" },
    ],
    ["further conditions", { annotations: { "conditions.web": '[{"field":"http-header"}]' } }, { path: "/api" }],
    [
      "a condition that adds hosts",
      { host: "a.example.com" },
      { host: "a.example.com", path: "/x", annotations: { "conditions.web": '[{"field":"host-header"}]' } },
    ],
  ] as [string, Partial<IngressMemberProps>, Partial<IngressMemberProps>][])(
    "accepts members that are not shadowed: %s",
    (_, first, second) => {
      const { add } = group();
      add({ name: "first", order: 1, ...first });
      expect(() => add({ name: "second", order: 2, ...second })).not.toThrow();
    },
  );

  test("rejects a member that several members shadow together", () => {
    const { add } = group();
    add({ name: "exact", order: 1, path: "/api", pathType: "Exact" });
    add({ name: "below", order: 2, path: "/api/*", pathType: "ImplementationSpecific" });
    expect(() => add({ name: "prefix", order: 3, path: "/api" })).toViolate(
      ING005,
      /exact, below matches every request for every host \/api \(Prefix\) at order 1, before prefix at order 3; give prefix an order below 1/,
    );
  });

  test("accepts two members with the same path and different conditions", () => {
    const { add } = group();
    add({ name: "beta", order: 1, annotations: { "conditions.web": '[{"field":"http-header"}]' } });
    expect(() => add({ name: "all", order: 2 })).not.toThrow();
  });

  test.each([
    { every: Duration.seconds(4), timeout: Duration.seconds(3) },
    { every: Duration.seconds(301) },
    { timeout: Duration.seconds(1) },
    { every: Duration.seconds(300), timeout: Duration.seconds(121) },
    { every: Duration.seconds(10), timeout: Duration.seconds(10) },
    { timeout: Duration.seconds(15) },
    { healthyAfter: 1 },
    { healthyAfter: 11 },
    { unhealthyAfter: 2.5 },
    { unhealthyAfter: NaN },
    { path: `/${"a".repeat(1_024)}` },
  ])("rejects the health check %j", (healthCheck) => {
    expect(() => group().add({ healthCheck })).toViolate(ING017, /at test\/Group/);
  });

  test("names the default timeout and the nearest valid one", () => {
    expect(() => group().add({ healthCheck: { every: Duration.seconds(5) } })).toViolate(
      ING017,
      /a timeout of 5 seconds, the default, and an interval of 5 seconds; use a timeout of at most 4 seconds/,
    );
  });

  test.each(["", "200,", "200, 302", "100", "500", "200-199", "20", "2xx", "200-", "199-300", "200-500", "abc", "0"])(
    "rejects the success codes %j",
    (codes) => {
      expect(() => group().add({ healthCheck: { codes } })).toViolate(ING018);
    },
  );

  test.each([
    { every: Duration.seconds(5), timeout: Duration.seconds(4) },
    { every: Duration.seconds(300), timeout: Duration.seconds(120), healthyAfter: 2, unhealthyAfter: 10 },
    { codes: "200-499" },
    { codes: "200,204,301-302" },
    { path: `/${"a".repeat(1_023)}` },
  ])("accepts the health check %j", (healthCheck) => {
    expect(() => group().add({ healthCheck })).not.toThrow();
  });

  test("accepts gRPC codes for targets with the protocol version GRPC", () => {
    const annotations = { "backend-protocol-version": "GRPC" };
    expect(() => group().add({ annotations, healthCheck: { codes: "0,12-99" } })).not.toThrow();
    expect(() => group().add({ annotations, healthCheck: { codes: "200" } })).toViolate(ING018, /0 to 99/);
  });

  test("rejects different health checks of members that route to one service", () => {
    const { add } = group();
    add({ name: "one", path: "/one", healthCheck: { path: "/one" } });
    expect(() => add({ name: "two", order: 2, path: "/two", healthCheck: { path: "/two" } })).toViolate(KUB029);
  });

  test.each([
    "A.example.com",
    "*",
    "a.*.com",
    "1.2.3.4",
    "a_b.com",
    "-a.com",
    "a.com.",
    "",
    `${"a".repeat(125)}.com`,
    "a b",
  ])("rejects the host %j", (host) => {
    expect(() => group().add({ host })).toViolate(ING016, /in lower case/);
  });

  test.each(["localhost", "999.1.1.1", "*.example.com", "3.example.com", `${"a".repeat(124)}.com`])(
    "accepts the host %s",
    (host) => {
      expect(() => group().add({ host })).not.toThrow();
    },
  );

  test.each([
    ["/a//b", "Prefix"],
    ["/a/../b", "Exact"],
    ["/a/.", "Prefix"],
    ["/a%2Fb", "Exact"],
    ["/*", "Prefix"],
    ["", "Prefix"],
    ["x", "ImplementationSpecific"],
    ["", "ImplementationSpecific"],
  ] as const)("rejects the path %j of type %s, as the API server does", (path, pathType) => {
    expect(() => group().add({ path, pathType })).toViolate(KUB014);
  });

  test.each([
    ["/é", "Prefix"],
    ["/a b", "ImplementationSpecific"],
    ["/${x}", "Prefix"],
    [`/${"a".repeat(126)}`, "Prefix"],
    [`/${"a".repeat(128)}`, "Exact"],
  ] as const)("rejects the path %j of type %s, as AWS does", (path, pathType) => {
    expect(() => group().add({ path, pathType })).toViolate(ING019);
  });

  test.each([
    [`/${"a".repeat(125)}`, "Prefix"],
    [`/${"a".repeat(127)}`, "Exact"],
    ["/a//b/../*?", "ImplementationSpecific"],
    ["/~a/b.c:d@e+f&g$h'i", "Prefix"],
  ] as const)("accepts the path %s of type %s", (path, pathType) => {
    expect(() => group().add({ path, pathType })).not.toThrow();
  });

  test("rejects a second member with the same id", () => {
    const { ingressGroup, service } = group();
    const member = (id: string, order: number) => () =>
      ingressGroup.add(id, { name: `web-${order}`, order, path: `/${order}`, service });
    member("a/b", 1)();
    expect(member("a/b", 2)).toViolate(ING020, /a second member with the id "a\/b"/);
    expect(member("a--b", 3)).toViolate(ING020);
    expect(member("", 4)).toViolate(ING020, /without an id/);
    for (const [index, id] of ["Policy", "Service", "Deployment", "Role"].entries())
      expect(member(id, 10 + index)).not.toThrow();
  });

  test("rejects a second Ingress with the same name in a namespace, and a second group with the same name", () => {
    const { stack, service, add } = group({ loadBalancerName: "shared" });
    add();
    const other = new IngressGroup(stack, "Other", { name: "other" });
    expect(() => other.add("X", { name: "web", order: 1, service })).toViolate(NAM002, /default\/web/);
    expect(() => new IngressGroup(stack, "Third", { name: "web" })).toViolate(NAM002, /ingress group/);
    expect(() => new IngressGroup(stack, "Fourth", { name: "fourth", loadBalancerName: "shared" })).toViolate(NAM002);
  });

  test("renders attributes of the target group: requests in progress continue while a pod is removed", () => {
    const { stack, add } = group();
    add({
      deregistrationDelay: Duration.seconds(30),
      targetGroupAttributes: { "slow_start.duration_seconds": "60" },
    });
    expect(objectOf(stack, "Ingress", "metadata.annotations")).toHaveProperty(
      [`${ALB}/target-group-attributes`],
      "deregistration_delay.timeout_seconds=30,slow_start.duration_seconds=60",
    );
  });

  test.each([
    { deregistrationDelay: Duration.seconds(3_601) },
    {
      deregistrationDelay: Duration.seconds(30),
      targetGroupAttributes: { "deregistration_delay.timeout_seconds": "0" },
    },
    { targetGroupAttributes: { "a=b": "c" } },
    { targetGroupAttributes: { a: "b,c" } },
    { targetGroupAttributes: { a: "b" }, annotations: { "target-group-attributes": "c=d" } },
    { deregistrationDelay: Duration.seconds(1), annotations: { [`${ALB}/target-group-attributes`]: "c=d" } },
  ])("rejects the attributes %j of a target group", (member) => {
    expect(() => group().add(member)).toViolate(ING022);
  });

  test("accepts further annotations about the load balancer", () => {
    const annotations = { "ip-address-type": "dualstack", [`${ALB}/listener-attributes.HTTP-80`]: "a=b" };
    expect(annotationsOf({ annotations })).toMatchObject({
      "ip-address-type": "dualstack",
      "listener-attributes.HTTP-80": "a=b",
      scheme: "internal",
    });
  });

  test.each(["auth-type", "scheme", `${ALB}/group.name`, "group.order", "load-balancer-attributes"])(
    "rejects %s as further annotation of a group",
    (key) => {
      expect(() => group({ annotations: { [key]: "x" } })).toViolate(ING021);
    },
  );

  test("rejects keys that are no keys of annotations, and classes that are no names", () => {
    expect(() => group().add({ annotations: { "auth type": "x" } })).toViolate(KUB019);
    expect(() => group({ annotations: { "listener-attributes. ": "x" } })).toViolate(KUB019);
    expect(() => group({ ingressClass: "A" })).toViolate(NAM001, /IngressClass/);
  });

  test.each(["", "subnet-a,subnet-b", "a b"])("rejects the subnet %j", (subnet) => {
    expect(() => group({ subnetIds: [subnet] })).toViolate(ING015, /subnet/);
  });

  test.each(["web", "arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b", "arn:aws:waf::1:x"])(
    "rejects the web ACL %s",
    (webAclArn) => {
      expect(() => group({ webAclArn })).toViolate(ING023);
    },
  );

  test("escapes the texts of the user for Terraform", () => {
    const { stack, add } = group({ attributes: { "a.b": "${x}" } });
    add({ annotations: { "auth-scope": "%{x}" } });
    const annotations = objectOf(stack, "Ingress", "metadata.annotations") as Record<string, string>;
    expect(annotations[`${ALB}/load-balancer-attributes`]).toBe("a.b=${x}");
    expect(annotations[`${ALB}/auth-scope`]).toBe("%{x}");
    expect(JSON.stringify(stack.toTerraform())).toContain("a.b=$${x}");
  });

  test.each(["x".repeat(33), "-web", "web-", "a_b", "internal-web"])("rejects the load balancer name %p", (name) => {
    expect(() => group({ loadBalancerName: name })).toViolate(ING006);
  });

  test("rejects a redirect to a port without an HTTPS listener", () => {
    const listeners = Listeners.of({ listeners: [{ protocol: "HTTP", port: 80 }], redirectTo: 443 });
    expect(() => group({ listeners })).toViolate(ING007, /redirect to 443, listening on HTTP 80/);
  });

  test("rejects HTTPS without a certificate", () => {
    expect(() => group({ listeners: Listeners.of({ listeners: [{ protocol: "HTTPS", port: 443 }] }) })).toViolate(
      ING008,
    );
  });

  test.each([
    [CERTIFICATE, "us-west-2"],
    ["arn:aws:iam::111122223333:server-certificate/web", "ap-northeast-2"],
  ])("rejects the certificate %s in %s", (arn, region) => {
    expect(() => group({ listeners: Listeners.https({ certificateArns: [arn], region }) })).toViolate(ING009);
  });

  test("rejects targets on instances without a node port", () => {
    const { stack, add } = group({ targetType: "instance" });
    expect(() => add()).toViolate(ING010, /web, which has no node port/);
    const service = webService(stack, { name: "on-nodes", exposure: Exposure.onNodes() });
    expect(() => add({ service })).not.toThrow();
  });

  test.each([
    `${ALB}/scheme`,
    "certificate-arn",
    "listener-attributes.HTTP-80",
    "kubernetes.io/ingress.class",
    "group.order",
  ])("rejects %s on a member", (key) => {
    expect(() => group().add({ annotations: { [key]: "x" } })).toViolate(ING011);
  });

  test("rejects a group without members at synthesis", () => {
    const { stack } = group();
    expect(() => Testing.synth(stack, true)).toViolate(ING012, /group "web" has no member/);
  });

  test("rejects no ports, a port that does not exist, and a port with two protocols", () => {
    for (const ports of [[], [0], [80, 80]]) {
      const listeners = Listeners.of({ listeners: ports.map((port) => ({ protocol: "HTTP", port })) });
      expect(() => group({ listeners })).toViolate(ING013);
    }
  });

  test("rejects a security group as inbound peer", () => {
    expect(() => group({ inbound: [Peer.group("sg-1")] })).toViolate(ING014, /sg-1/);
  });

  test("rejects tags and attributes with separators, and tags that AWS rejects", () => {
    expect(() => group({ tags: { Team: "a,b" } })).toViolate(ING015);
    expect(() => group({ attributes: { "a=b": "c" } })).toViolate(ING015);
    expect(() => group({ tags: { "aws:x": "y" } })).toViolate(TAG001);
  });

  test("rejects names and paths that the API server would reject", () => {
    expect(() => group().add({ name: "Web" })).toViolate(NAM001);
    expect(() => group().add({ path: "contents" })).toViolate(KUB014);
    expect(() => group().add({ healthCheck: { path: "x" } })).toViolate(KUB014);
    expect(() => group().add({ path: "/*", pathType: "ImplementationSpecific" })).not.toThrow();
  });
});
