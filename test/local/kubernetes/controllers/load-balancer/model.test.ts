import type { LiveObject } from "@groundwork/local/kubernetes/api";
import { loadBalancerModel } from "@groundwork/local/kubernetes/controllers/load-balancer/model";
import { finalizerOf } from "@groundwork/local/kubernetes/controllers/load-balancer/names";

const PREFIX = "alb.ingress.kubernetes.io/";

describe("the load balancer of a group of Ingresses", () => {
  const group = { isExplicit: true, namespace: "", name: "eks-demo-group" };
  const ingress = (
    name: string,
    annotations: Readonly<Record<string, string>>,
    paths: readonly { path?: string; pathType: string; service: string }[],
    host?: string,
  ): LiveObject => ({
    metadata: {
      name,
      namespace: "default",
      annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${PREFIX}${key}`, value])),
    },
    spec: {
      rules: [
        {
          host,
          http: {
            paths: paths.map(({ service, ...path }) => ({
              ...path,
              backend: { service: { name: service, port: { number: 80 } } },
            })),
          },
        },
      ],
    },
  });
  const service = (name: string, annotations: Readonly<Record<string, string>> = {}): [string, LiveObject] => [
    `default/${name}`,
    {
      metadata: { name, namespace: "default", annotations },
      spec: { ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30080 }] },
    },
  ];
  const modelOf = (
    ingresses: readonly LiveObject[],
    services = new Map([service("web"), service("api")]),
    overrides: Readonly<Record<string, string>> = {},
  ) =>
    loadBalancerModel({ group, cluster: "demo", ingresses, services, overrides, defaultTags: { Environment: "lab" } });

  test("has the rules of its members in the order of the group, then by name", () => {
    const model = modelOf([
      ingress("z", { "group.order": "2" }, [{ path: "/", pathType: "Prefix", service: "web" }]),
      ingress("b", {}, [{ path: "/b", pathType: "Exact", service: "web" }]),
      ingress("a", {}, [{ path: "/a", pathType: "Prefix", service: "api" }], "shop.example.com"),
    ]);
    expect(model.rules.map(({ conditions }) => conditions)).toEqual([
      [
        { Field: "host-header", HostHeaderConfig: { Values: ["shop.example.com"] } },
        { Field: "path-pattern", PathPatternConfig: { Values: ["/a", "/a/*"] } },
      ],
      [{ Field: "path-pattern", PathPatternConfig: { Values: ["/b"] } }],
      [{ Field: "path-pattern", PathPatternConfig: { Values: ["/*"] } }],
    ]);
    expect(model.name).toMatch(/^k8s-eksdemogroup-[0-9a-f]{10}$/);
    expect(finalizerOf(group)).toBe("group.ingress.k8s.aws/eks-demo-group");
  });

  test("evaluates exact paths of an Ingress before prefixes, and longer prefixes first", () => {
    const model = modelOf([
      ingress("a", {}, [
        { path: "/x*", pathType: "ImplementationSpecific", service: "web" },
        { path: "/", pathType: "Prefix", service: "web" },
        { path: "/long/", pathType: "Prefix", service: "web" },
        { path: "/exact", pathType: "Exact", service: "web" },
      ]),
    ]);
    expect(model.rules.map(({ conditions }) => conditions[0]?.PathPatternConfig?.Values?.[0])).toEqual([
      "/exact",
      "/long",
      "/*",
      "/x*",
    ]);
  });

  test("listens with HTTPS and redirects HTTP, where members specify it", () => {
    const model = modelOf([
      ingress(
        "a",
        {
          "certificate-arn": "arn:1,arn:2",
          "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
          "ssl-redirect": "443",
          "load-balancer-attributes": "idle_timeout.timeout_seconds=90",
          tags: "Team=web",
        },
        [{ pathType: "Prefix", service: "web" }],
      ),
    ]);
    expect(model.listeners).toMatchObject([
      { protocol: "HTTP", port: 80, redirectTo: "443", certificateArns: [] },
      { protocol: "HTTPS", port: 443, redirectTo: undefined, certificateArns: ["arn:1", "arn:2"] },
    ]);
    expect(model.tags).toEqual({ Environment: "lab", Team: "web" });
    expect(model.attributes).toEqual({ "idle_timeout.timeout_seconds": "90" });
    expect(model.scheme).toBe("internal");
  });

  test("has one target group per service of an Ingress; the Service and the class override the Ingress", () => {
    const services = new Map([service("web", { [`${PREFIX}healthcheck-path`]: "/ready" }), service("api")]);
    const members = [
      ingress("a", { "healthcheck-path": "/", "target-type": "instance" }, [
        { path: "/a", pathType: "Prefix", service: "web" },
        { path: "/b", pathType: "Prefix", service: "web" },
      ]),
    ];
    expect(modelOf(members, services).targetGroups).toMatchObject([
      { key: "default/a-web:http", targetType: "instance", port: 30080, healthCheck: { path: "/ready" } },
    ]);
    expect(modelOf(members, services, { "target-type": "ip", scheme: "internet-facing" })).toMatchObject({
      scheme: "internet-facing",
      targetGroups: [{ targetType: "ip", port: 8080 }],
    });
  });

  test("fails for a Service that does not exist, as the controller does", () => {
    const members = [ingress("a", {}, [{ path: "/", pathType: "Prefix", service: "missing" }])];
    expect(() => modelOf(members)).toThrow(/default\/a refers to the Service missing, which does not exist/);
  });
});
