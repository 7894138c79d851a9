import { Duration } from "@groundwork/constructs/core/duration";
import { Peer } from "@groundwork/constructs/core/peer";
import { NAM001, TAG001 } from "@groundwork/constructs/core/rules";
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
  KUB014,
} from "@groundwork/constructs/kubernetes/rules";
import { Testing } from "cdktf";
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
    const https = Listeners.https({ certificateArns: ["${TfToken[TOKEN.1]}"], region: "ap-northeast-2", port: 8443 });
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
    expect(() => add({ name: "two", path: "/a", order: 2, host: "a.example.com" })).not.toThrow();
    expect(() => add({ name: "three", path: "/a", order: 3, pathType: "Exact" })).not.toThrow();
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
