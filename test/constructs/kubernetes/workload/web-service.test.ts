import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { Duration } from "@groundwork/constructs/core/duration";
import { NAM001, NAM002 } from "@groundwork/constructs/core/rules";
import { Size } from "@groundwork/constructs/core/size";
import { Cpu } from "@groundwork/constructs/kubernetes/workload/cpu";
import { DisruptionBudget } from "@groundwork/constructs/kubernetes/scaling/disruption-budget";
import { Exposure } from "@groundwork/constructs/kubernetes/workload/exposure";
import { Health } from "@groundwork/constructs/kubernetes/workload/health";
import { PodSecurity } from "@groundwork/constructs/kubernetes/workload/pod-security";
import { Probe } from "@groundwork/constructs/kubernetes/workload/probe";
import { Replicas } from "@groundwork/constructs/kubernetes/scaling/replicas";
import { Resources } from "@groundwork/constructs/kubernetes/workload/resources";
import {
  KUB004,
  KUB005,
  KUB006,
  KUB007,
  KUB008,
  KUB009,
  KUB014,
  KUB015,
  KUB017,
  KUB018,
  KUB019,
  KUB022,
  KUB023,
  KUB024,
  KUB027,
  KUB028,
  KUB029,
} from "@groundwork/constructs/kubernetes/rules";
import { ServicePort } from "@groundwork/constructs/kubernetes/workload/service-port";
import { Spread } from "@groundwork/constructs/kubernetes/scaling/spread";
import { PodAutoscaler } from "@groundwork/constructs/kubernetes/scaling/pod-autoscaler";
import { WebService, type WebServiceProps } from "@groundwork/constructs/kubernetes/workload/web-service";
import { TerraformVariable } from "cdktf";
import fc from "fast-check";
import { resource } from "../../../support/fixture";
import { apiErrors } from "../../../support/kubernetes-api-rules";
import { clusterStack, manifests, objectOf, webService } from "../../../support/kubernetes";

function created(props: Partial<WebServiceProps> = {}) {
  const stack = clusterStack();
  const webApplication = webService(stack, props);
  const container = (path = "") => objectOf(stack, "Deployment", `spec.template.spec.containers.0.${path}`);
  return { stack, webApplication, container };
}

/** No defaults beyond the required properties, as in manifests written by hand. */
const PLAIN = {
  resources: Resources.unbounded(),
  security: PodSecurity.unset(),
  spread: Spread.anywhere(),
  disruption: DisruptionBudget.none(),
};

describe("WebService", () => {
  test("creates a Deployment, a Service and a disruption budget with the same labels", () => {
    const { stack } = created();
    const labels = { app: "web" };
    expect(manifests(stack).map(({ kind, name }) => [kind, name])).toEqual([
      ["Deployment", "web"],
      ["PodDisruptionBudget", "web"],
      ["Service", "web"],
    ]);
    const found = ["selector.matchLabels", "template.metadata.labels"].map((path) =>
      objectOf(stack, "Deployment", `spec.${path}`),
    );
    expect(found).toEqual([labels, labels]);
    const spread = "spec.template.spec.topologySpreadConstraints.0.labelSelector.matchLabels";
    expect(objectOf(stack, "Deployment", spread)).toEqual(labels);
    expect(objectOf(stack, "Service", "spec.selector")).toEqual(labels);
    expect(objectOf(stack, "PodDisruptionBudget", "spec")).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: labels },
    });
  });

  test("names the container port, and refers to the name in Service and probes", () => {
    const { stack, container } = created();
    expect(container("ports")).toEqual([{ containerPort: 8080, name: "http" }]);
    expect(objectOf(stack, "Service", "spec")).toMatchObject({
      type: "ClusterIP",
      ports: [{ name: "http", port: 80, targetPort: "http" }],
    });
    expect(container("readinessProbe.httpGet")).toEqual({ path: "/healthz", port: "http" });
  });

  test("requests the health path for readiness, and opens a connection for startup and liveness", () => {
    const { container } = created();
    expect(container("readinessProbe")).toEqual({
      httpGet: { path: "/healthz", port: "http" },
      periodSeconds: 10,
      timeoutSeconds: 1,
      failureThreshold: 3,
    });
    expect(container("livenessProbe")).toMatchObject({ tcpSocket: { port: "http" } });
    expect(container("startupProbe")).toMatchObject({ tcpSocket: { port: "http" }, failureThreshold: 30 });
  });

  test("accepts other probes", () => {
    const liveness = Probe.http("/live", {
      every: Duration.seconds(5),
      timeout: Duration.seconds(2),
      failures: 6,
      after: Duration.seconds(3),
    });
    expect(created({ health: Health.at("/healthz", { liveness }) }).container("livenessProbe")).toEqual({
      httpGet: { path: "/live", port: "http" },
      periodSeconds: 5,
      timeoutSeconds: 2,
      failureThreshold: 6,
      initialDelaySeconds: 3,
    });
  });

  test("runs without root and without access to the API", () => {
    const { stack, container } = created();
    expect(objectOf(stack, "Deployment", "spec.template.spec")).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    });
    expect(container("securityContext")).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: false,
      capabilities: { drop: ["ALL"] },
    });
  });

  test("accepts a numeric user, a read-only root filesystem, and root", () => {
    const strict = created({ security: PodSecurity.nonRoot({ user: 101, readOnlyFiles: true }) });
    expect(objectOf(strict.stack, "Deployment", "spec.template.spec.securityContext.runAsUser")).toBe(101);
    expect(strict.container("securityContext.readOnlyRootFilesystem")).toBe(true);
    const root = created({ security: PodSecurity.root() });
    expect(objectOf(root.stack, "Deployment", "spec.template.spec.securityContext")).toEqual({
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(root.container("securityContext")).toEqual({ allowPrivilegeEscalation: false });
  });

  test("can write to the given directories only", () => {
    const { stack, container } = created({ security: PodSecurity.nonRoot({ writable: ["/tmp", "/var/cache/nginx"] }) });
    expect(container("securityContext.readOnlyRootFilesystem")).toBe(true);
    expect(container("volumeMounts")).toEqual([
      { name: "tmp", mountPath: "/tmp" },
      { name: "var-cache-nginx", mountPath: "/var/cache/nginx" },
    ]);
    expect(objectOf(stack, "Deployment", "spec.template.spec.volumes")).toEqual([
      { name: "tmp", emptyDir: {} },
      { name: "var-cache-nginx", emptyDir: {} },
    ]);
  });

  test.each([["tmp"], ["/"], ["//"], ["/a:b"], ["/a/../b"], ["/a//b"], ["/./a"], ["/a\n"], [""]])(
    "rejects the writable directory %p",
    (directory) => {
      expect(() => PodSecurity.nonRoot({ writable: [directory] })).toViolate(KUB017, /give each directory once/);
    },
  );

  test("rejects a duplicate writable directory, also with a slash at its end", () => {
    expect(() => PodSecurity.nonRoot({ writable: ["/tmp", "/tmp"] })).toViolate(KUB017, /"\/tmp"/);
    expect(() => PodSecurity.nonRoot({ writable: ["/tmp", "/tmp/"] })).toViolate(KUB017, /"\/tmp\/"/);
  });

  test("names the volumes of all directories with distinct DNS labels of at most 63 characters", () => {
    const writable = [
      "/.cache",
      "/cache",
      "/var/run",
      "/var-run",
      "/var_run",
      "/VAR/run",
      "/a b",
      "/é",
      "/3d/",
      `/${"x".repeat(80)}`,
    ];
    const { stack } = created({ security: PodSecurity.nonRoot({ user: 1001, writable }) });
    const volumes = objectOf(stack, "Deployment", "spec.template.spec.volumes") as { name: string }[];
    const names = volumes.map(({ name }) => name);
    expect(names.filter((name) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(writable.length);
    expect([names[1], names[2], names[8]]).toEqual(["cache", "var-run", "3d"]);
  });

  test("gives directories with any characters distinct volume names", () => {
    const directory = fc
      .array(fc.string({ unit: fc.constantFrom(..."aA0-_. é"), minLength: 1, maxLength: 40 }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((steps) => `/${steps.join("/")}`)
      .filter((path) => !/\/\.{1,2}(\/|$)/.test(path));
    fc.assert(
      fc.property(fc.uniqueArray(directory, { maxLength: 8 }), (writable) => {
        const { volume = [] } = PodSecurity.nonRoot({ writable }).rendered.pod as { volume?: { name: string }[] };
        const names = volume.map(({ name }) => name);
        expect(new Set(names).size).toBe(writable.length);
        for (const name of names) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
      }),
    );
  });

  test.each([0, -1, 1.5, NaN, 2 ** 31])("rejects the user %p", (user) => {
    expect(() => PodSecurity.nonRoot({ user })).toViolate(KUB024);
  });

  test("renders quantities in the canonical form of the API server", () => {
    const { container } = created({
      resources: Resources.of({
        requests: { cpu: Cpu.millicores(1000), memory: Size.mebibytes(1024) },
        limits: { cpu: Cpu.millicores(1500), memory: Size.mebibytes(1536) },
      }),
    });
    expect(container("resources")).toEqual({
      requests: { cpu: "1", memory: "1Gi" },
      limits: { cpu: "1500m", memory: "1536Mi" },
    });
    const large = created({ resources: Resources.of({ requests: { cpu: Cpu.cores(2), memory: Size.tebibytes(1) } }) });
    expect(large.container("resources")).toEqual({ requests: { cpu: "2", memory: "1Ti" } });
  });

  test("ignores changes of the number of replicas when it is autoscaled", () => {
    const { stack } = created({ replicas: Replicas.autoscaled() });
    const block = resource(stack, DeploymentV1);
    expect(block["lifecycle"]).toEqual({ ignore_changes: ["spec[0].replicas"] });
    expect((block["spec"] as { replicas?: string }).replicas).toBeUndefined();
    const initial = resource(created({ replicas: Replicas.autoscaled({ initial: 2 }) }).stack, DeploymentV1);
    expect(initial["spec"]).toMatchObject({ replicas: "2" });
  });

  test("sets a fixed number of replicas", () => {
    const block = resource(created().stack, DeploymentV1);
    expect(block["lifecycle"]).toBeUndefined();
    expect(block["spec"]).toMatchObject({ replicas: "3" });
  });

  test("accepts environment variables, a service account and dependencies", () => {
    const stack = clusterStack();
    const first = webService(stack);
    webService(stack, {
      name: "second",
      environment: { MODE: "fast" },
      serviceAccount: "reader",
      dependsOn: [first],
      namespace: "shop",
    });
    const second = manifests(stack).find(({ kind, name }) => kind === "Deployment" && name === "second");
    expect(second?.object).toMatchObject({
      metadata: { namespace: "shop" },
      spec: {
        template: {
          spec: { serviceAccountName: "reader", containers: [{ env: [{ name: "MODE", value: "fast" }] }] },
        },
      },
    });
    expect(JSON.stringify(stack.toTerraform()).match(/"depends_on"/g)).toHaveLength(3);
  });

  test("spreads strictly on request", () => {
    const { stack } = created({ spread: Spread.strictlyOverZones() });
    expect(objectOf(stack, "Deployment", "spec.template.spec.topologySpreadConstraints")).toMatchObject([
      { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" },
    ]);
  });

  test.each([
    ["demo-flask-backend", "r/demo-flask-backend:latest", 8080, 8080, "/contents/aws"],
    ["demo-nodejs-backend", "r/demo-nodejs-backend:latest", 8080, 3000, "/services/all"],
    ["demo-frontend", "r/demo-frontend:latest", 80, 80, "/"],
  ])("renders the %s of the lab, without additions", (name, image, service, container, path) => {
    const { stack, webApplication } = created({
      ...PLAIN,
      name,
      image,
      port: ServicePort.byNumber({ service, container }),
      exposure: Exposure.onNodes(),
      health: Health.at(path).withoutProbes(),
    });
    webApplication.annotateService({ "alb.ingress.kubernetes.io/healthcheck-path": path });
    expect(objectOf(stack, "Deployment")).toEqual({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace: "default", labels: { app: name } },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: {
            containers: [{ name, image, imagePullPolicy: "Always", ports: [{ containerPort: container }] }],
          },
        },
      },
    });
    expect(objectOf(stack, "Service")).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name,
        namespace: "default",
        labels: { app: name },
        annotations: { "alb.ingress.kubernetes.io/healthcheck-path": path },
      },
      spec: { type: "NodePort", selector: { app: name }, ports: [{ port: service, targetPort: container }] },
    });
    expect(manifests(stack)).toHaveLength(2);
  });

  test("renders the sample workload of the lab on K-PaaS, with its node port", () => {
    const { stack } = created({
      ...PLAIN,
      name: "nginx-deployment",
      serviceName: "nginx-service",
      labels: { app: "nginx" },
      image: "nginx:1.14.2",
      port: ServicePort.byNumber({ service: 80, container: 80 }),
      exposure: Exposure.onNodes(30087),
      health: Health.unknown(),
    });
    expect(objectOf(stack, "Deployment")).toMatchObject({
      metadata: { name: "nginx-deployment", labels: { app: "nginx" } },
      spec: {
        replicas: 3,
        template: { spec: { containers: [{ name: "nginx", image: "nginx:1.14.2", ports: [{ containerPort: 80 }] }] } },
      },
    });
    expect(objectOf(stack, "Service")).toMatchObject({
      metadata: { name: "nginx-service" },
      spec: { type: "NodePort", selector: { app: "nginx" }, ports: [{ port: 80, targetPort: 80, nodePort: 30087 }] },
    });
  });

  test.each([
    ["r/web", "Always"],
    ["r/web:latest", "Always"],
    ["localhost:5000/web", "Always"],
    ["localhost:5000/web:2", "IfNotPresent"],
    ["r/web:1.4.0", "IfNotPresent"],
    [`r/web@sha256:${"0".repeat(64)}`, "IfNotPresent"],
  ])("pulls %s %s", (image, policy) => {
    expect(created({ image }).container("imagePullPolicy")).toBe(policy);
  });

  test("determines the tag after an expression, and sets no policy for an unknown tag", () => {
    const { stack } = created();
    const repository = new TerraformVariable(stack, "repository", {}).stringValue;
    const policy = (image: string) => created({ image }).container("imagePullPolicy");
    expect([
      policy(`${repository}:latest`),
      policy(`${repository}:1.2`),
      policy(repository),
      policy(`${repository}/x`),
    ]).toEqual(["Always", "IfNotPresent", undefined, undefined]);
  });

  test("accepts another pull policy for an immutable tag", () => {
    expect(created({ pull: "Always" }).container("imagePullPolicy")).toBe("Always");
  });

  test.each(["r/web", "r/web:latest"])("rejects %s with the pull policy IfNotPresent", (image) => {
    expect(() => created({ image, pull: "IfNotPresent" })).toViolate(KUB004, /at test\/Web/);
  });

  test("rejects invalid ports and port names", () => {
    expect(() => created({ port: ServicePort.of({ service: 0, container: 70000 }) })).toViolate(
      KUB005,
      /port 0.*port 70000/s,
    );
    for (const name of ["Http", "a-name-of-16-char", "80", "a--b", "-a"])
      expect(() => created({ port: ServicePort.of({ service: 80, container: 80, name }) })).toViolate(KUB005);
  });

  test.each([29999, 32768, 80, 30000.5])("rejects the node port %p", (port) => {
    expect(() => created({ exposure: Exposure.onNodes(port) })).toViolate(KUB006);
  });

  test("rejects requests above their limits, with one violation for each resource", () => {
    const resources = Resources.of({
      requests: { cpu: Cpu.cores(2), memory: Size.gibibytes(2) },
      limits: { cpu: Cpu.cores(1), memory: Size.gibibytes(1) },
    });
    expect(() => created({ resources })).toViolate(KUB007, /CPU 2 requested, limit 1;[\s\S]*memory 2 GiB/);
  });

  test.each([0, -1, 1.5, 1001])("rejects %p replicas", (count) => {
    expect(() => created({ replicas: Replicas.fixed(count) })).toViolate(KUB008);
  });

  test("rejects a disruption budget that allows no eviction", () => {
    expect(() => created({ disruption: DisruptionBudget.minAvailable(3) })).toViolate(KUB009, /3 of 3/);
    expect(() => created({ disruption: DisruptionBudget.maxUnavailable(0) })).toViolate(KUB009);
    expect(
      objectOf(
        created({ disruption: DisruptionBudget.minAvailable(2) }).stack,
        "PodDisruptionBudget",
        "spec.minAvailable",
      ),
    ).toBe(2);
  });

  test("accepts a health path with a query", () => {
    expect(
      created({ health: Health.at("/_cluster/health?local=true&wait=1s") }).container("readinessProbe.httpGet.path"),
    ).toBe("/_cluster/health?local=true&wait=1s");
  });

  test.each(["healthz", "", "/a b", "/*", "/a#b", "/é", "/%zz", "/${x}"])("rejects the health path %p", (path) => {
    expect(() => Health.at(path)).toViolate(KUB014);
    expect(() => Probe.http(path)).toViolate(KUB014);
  });

  test.each([0, -1, 0.5])("rejects %p millicores", (amount) => {
    expect(() => Cpu.millicores(amount)).toViolate(KUB015);
  });

  test("rejects names that the API server would reject", () => {
    expect(() => created({ name: "Web" })).toViolate(NAM001);
    expect(() => created({ name: "x".repeat(243) })).toViolate(NAM001, /Deployment/);
    expect(() => created({ serviceName: "x".repeat(64) })).toViolate(NAM001, /Service/);
    expect(() => created({ serviceName: "3scale" })).toViolate(NAM001, /Service/);
    expect(() => created({ namespace: "-" })).toViolate(NAM001, /namespace/);
    expect(() => created({ containerName: "A" })).toViolate(NAM001, /container/);
    expect(() => created({ serviceAccount: "B" })).toViolate(NAM001, /ServiceAccount/);
  });

  test.each(["3scale", "b.c", "x".repeat(242), "1.2.3"])(
    "accepts the name %s, and derives the others from it",
    (name) => {
      const { stack, webApplication, container } = created({ name, serviceAccount: "b.c" });
      expect(objectOf(stack, "Deployment", "metadata.name")).toBe(name);
      expect(webApplication.serviceName).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
      expect(objectOf(stack, "Service", "metadata.name")).toBe(webApplication.serviceName);
      expect(container("name")).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
      expect(manifests(stack).flatMap(({ object }) => apiErrors(object))).toEqual([]);
    },
  );

  test("names the container after the label app, as a DNS label", () => {
    expect(created({ labels: { app: "nginx" } }).container("name")).toBe("nginx");
    expect(created({ labels: { app: "My_App" } }).container("name")).toMatch(/^my-app-[0-9a-f]{8}$/);
    expect(created({ labels: { app: "" } }).container("name")).toMatch(/^c-[0-9a-f]{8}$/);
  });

  test("rejects a second object with the same name in one namespace", () => {
    const stack = clusterStack();
    webService(stack);
    const again = (props: Partial<WebServiceProps>) => () =>
      new WebService(stack, `Again-${props.name ?? ""}`, { ...minimal(), ...props });
    expect(again({ name: "web" })).toViolate(NAM002, /Deployment name "default\/web", which test\/Web has/);
    expect(again({ name: "other", serviceName: "web" })).toViolate(NAM002, /Service/);
    expect(() => new WebService(stack, "Shop", { ...minimal(), namespace: "shop" })).not.toThrow();
  });

  test.each([
    [{ app: "a b" }],
    [{ app: "x".repeat(64) }],
    [{ "a b": "c" }],
    [{ "A.b/c": "d" }],
    [{ "a/b/c": "d" }],
    [{ "": "d" }],
    [{ app: "-a" }],
    [{}],
  ])("rejects the labels %j", (labels) => {
    expect(() => created({ labels })).toViolate(KUB018, /at test\/Web/);
  });

  test.each([[{ app: "" }], [{ "example.com/App_1": "A.b-C" }], [{ [`${"a".repeat(253)}/${"b".repeat(63)}`]: "c" }]])(
    "accepts the labels %j",
    (labels) => {
      expect(objectOf(created({ labels: { app: "web", ...labels } }).stack, "Service", "spec.selector")).toMatchObject(
        labels,
      );
    },
  );

  test.each(["1A", "a=b", "", "a b", "é", "A\n", "..", ".", "a*"])("rejects the environment variable %j", (name) => {
    expect(() => created({ environment: { [name]: "x" } })).toViolate(KUB027);
  });

  test.each(["A", "_a", "log.level", "-a", "a-1"])("accepts the environment variable %s", (name) => {
    expect(created({ environment: { [name]: "x" } }).container("env")).toEqual([{ name, value: "x" }]);
  });

  test("takes further variables from Secrets and ConfigMaps", () => {
    const environmentFrom = [{ secret: "database" }, { configMap: "features" }];
    expect(created({ environmentFrom }).container("envFrom")).toEqual([
      { secretRef: { name: "database" } },
      { configMapRef: { name: "features" } },
    ]);
    expect(() => created({ environmentFrom: [{ secret: "A" }] })).toViolate(KUB027);
    expect(() => created({ environmentFrom: [{ configMap: "" }] })).toViolate(KUB027);
  });

  test.each([
    "",
    "web:",
    "Web",
    "A b",
    " web",
    "web:a:b",
    "web:-a",
    `web:${"a".repeat(129)}`,
    "web@sha256:12",
    "https://r/web",
    "r//web",
    "/web",
    "web/",
    "a".repeat(256),
    "${x}",
  ])("rejects the image %j", (image) => {
    expect(() => created({ image })).toViolate(KUB023);
  });

  test.each([
    "web",
    "REGISTRY.example.com/a/b__c:V1.0_x",
    "localhost:5000/web",
    "[2001:db8::1]:5000/web:1",
    `web:1@sha256:${"a".repeat(64)}`,
    `web:${"a".repeat(128)}`,
    "a".repeat(255),
  ])("accepts the image %s", (image) => {
    expect(created({ image }).container("image")).toBe(image);
  });

  test("checks the known characters of an image that is known only after apply", () => {
    const { stack } = created();
    const repository = new TerraformVariable(stack, "repository", {}).stringValue;
    for (const image of [`${repository}:`, `${repository} `, `${repository}@`])
      expect(() => created({ image })).toViolate(KUB023);
    for (const image of [repository, `${repository}:1`, `r/${repository}`, `${repository}@sha256:${"a".repeat(64)}`])
      expect(() => created({ image })).not.toThrow();
  });

  test.each([
    DisruptionBudget.maxUnavailable(1.5),
    DisruptionBudget.maxUnavailable(-1),
    DisruptionBudget.maxUnavailable(NaN),
    DisruptionBudget.minAvailable(-1),
    DisruptionBudget.minAvailable(0.5),
    DisruptionBudget.maxUnavailable(2 ** 31),
  ])("rejects the disruption budget %j", (disruption) => {
    expect(() => created({ disruption })).toViolate(KUB009);
    expect(() => created({ disruption, replicas: Replicas.autoscaled() })).toViolate(KUB009);
  });

  test("compares the budget of an autoscaled service with the minimum of the autoscaler only", () => {
    const { stack, webApplication } = created({
      disruption: DisruptionBudget.minAvailable(2),
      replicas: Replicas.autoscaled(),
    });
    const autoscaler = (id: string, min: number) => () =>
      new PodAutoscaler(stack, id, { target: webApplication, min, max: 5, cpuPercent: 50, name: id.toLowerCase() });
    expect(autoscaler("Low", 2)).toViolate(KUB009, /2 of 2/);
    expect(autoscaler("High", 3)).not.toThrow();
  });

  test.each([0, NaN, -1, 1.5, 2 ** 31])("rejects a probe with %p failures", (failures) => {
    expect(() => created({ health: Health.at("/healthz", { liveness: Probe.tcp({ failures }) }) })).toViolate(KUB022);
  });

  test("rejects the times of a probe that do not fit in the API's fields", () => {
    const readiness = Probe.http("/healthz", { after: Duration.days(25_000) });
    expect(() => created({ health: Health.at("/healthz", { readiness }) })).toViolate(KUB022, /25000 days/);
  });

  test("accepts decimal fractions of cores", () => {
    for (let millicores = 1; millicores <= 4_000; millicores += 1)
      expect(Cpu.cores(millicores / 1_000).toMillicores()).toBe(millicores);
    expect(() => Cpu.cores(0.0005)).toViolate(KUB015);
    expect(() => Cpu.millicores(1e21)).toViolate(KUB015);
  });

  test("escapes the texts of the user for Terraform, and shows them in the manifest as they are", () => {
    const literal = "a ${x} %{y} $${z} ${TfToken";
    const { stack, webApplication, container } = created({
      environment: { TEXT: literal },
      args: [literal],
      podAnnotations: { "example.com/a": literal },
      security: PodSecurity.nonRoot({ writable: ["/${x}"] }),
    });
    webApplication.annotateService({ "example.com/a": literal });
    const text = JSON.stringify(stack.toTerraform());
    expect(text).not.toMatch(/(?<!\$)\$\{(?!"\$|TfToken)|(?<!%)%\{/);
    expect(container("env")).toEqual([{ name: "TEXT", value: literal }]);
    expect(container("args")).toEqual([literal]);
    expect(container("volumeMounts.0.mountPath")).toBe("/${x}");
    expect(objectOf(stack, "Service", "metadata.annotations")).toEqual({ "example.com/a": literal });
  });

  test("rejects two values of one annotation of the Service", () => {
    const { webApplication } = created();
    webApplication.annotateService({ "example.com/a": "b" });
    expect(() => webApplication.annotateService({ "example.com/a": "b" })).not.toThrow();
    expect(() => webApplication.annotateService({ "example.com/a": "c" })).toViolate(KUB029, /"b" and "c"/);
    expect(() => webApplication.annotateService({ "a b": "c" })).toViolate(KUB019);
  });

  test("schedules pods to nodes with labels and taints", () => {
    const { stack } = created({
      nodeSelector: { "example.com/pool": "web" },
      tolerations: [{ key: "dedicated", value: "web", effect: "NoSchedule" }, { key: "spot" }],
    });
    expect(objectOf(stack, "Deployment", "spec.template.spec")).toMatchObject({
      nodeSelector: { "example.com/pool": "web" },
      tolerations: [
        { key: "dedicated", operator: "Equal", value: "web", effect: "NoSchedule" },
        { key: "spot", operator: "Exists" },
      ],
    });
    expect(() => created({ nodeSelector: { "a b": "c" } })).toViolate(KUB018);
    expect(() => created({ tolerations: [{ key: "a b" }] })).toViolate(KUB028);
    expect(() => created({ tolerations: [{ key: "a", value: "x".repeat(64) }] })).toViolate(KUB028);
  });

  test("accepts another command, arguments and annotations of the pods", () => {
    const { stack, container } = created({
      command: ["node"],
      args: ["main.js"],
      podAnnotations: { "example.com/a": "b" },
    });
    expect([container("command"), container("args")]).toEqual([["node"], ["main.js"]]);
    expect(objectOf(stack, "Deployment", "spec.template.metadata.annotations")).toEqual({ "example.com/a": "b" });
    expect(() => created({ podAnnotations: { "a b": "c" } })).toViolate(KUB019);
    expect(() => created({ podAnnotations: { a: "x".repeat(300_000) } })).toViolate(KUB019, /300001 bytes/);
  });
});

/** The required properties of a service. */
function minimal(): WebServiceProps {
  return {
    name: "web",
    image: "web:1",
    port: ServicePort.of({ service: 80, container: 80 }),
    replicas: Replicas.fixed(2),
    health: Health.unknown(),
    resources: Resources.unbounded(),
  };
}
