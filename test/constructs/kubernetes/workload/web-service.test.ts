import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { Duration } from "@groundwork/constructs/core/duration";
import { NAM001 } from "@groundwork/constructs/core/rules";
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
} from "@groundwork/constructs/kubernetes/rules";
import { ServicePort } from "@groundwork/constructs/kubernetes/workload/service-port";
import { Spread } from "@groundwork/constructs/kubernetes/scaling/spread";
import type { WebServiceProps } from "@groundwork/constructs/kubernetes/workload/web-service";
import { TerraformVariable } from "cdktf";
import { resource } from "../../../support/fixture";
import { clusterStack, manifests, objectOf, webService } from "../../../support/kubernetes";

function made(props: Partial<WebServiceProps> = {}) {
  const stack = clusterStack();
  const service = webService(stack, props);
  const container = (path = "") => objectOf(stack, "Deployment", `spec.template.spec.containers.0.${path}`);
  return { stack, service, container };
}

/** As manifests written by hand have it: nothing beyond what was asked for. */
const PLAIN = {
  resources: Resources.unbounded(),
  security: PodSecurity.unset(),
  spread: Spread.anywhere(),
  disruption: DisruptionBudget.none(),
};

describe("WebService", () => {
  test("makes a Deployment, a Service and a budget that all know the pods by the same labels", () => {
    const { stack } = made();
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

  test("names the container's port, and aims Service and probes at the name", () => {
    const { stack, container } = made();
    expect(container("ports")).toEqual([{ containerPort: 8080, name: "http" }]);
    expect(objectOf(stack, "Service", "spec")).toMatchObject({
      type: "ClusterIP",
      ports: [{ name: "http", port: 80, targetPort: "http" }],
    });
    expect(container("readinessProbe.httpGet")).toEqual({ path: "/healthz", port: "http" });
  });

  test("asks the health path before it sends traffic, and only a connection before it restarts", () => {
    const { container } = made();
    expect(container("readinessProbe")).toEqual({
      httpGet: { path: "/healthz", port: "http" },
      periodSeconds: 10,
      timeoutSeconds: 1,
      failureThreshold: 3,
    });
    expect(container("livenessProbe")).toMatchObject({ tcpSocket: { port: "http" } });
    expect(container("startupProbe")).toMatchObject({ tcpSocket: { port: "http" }, failureThreshold: 30 });
  });

  test("takes other probes", () => {
    const liveness = Probe.http("/live", {
      every: Duration.seconds(5),
      timeout: Duration.seconds(2),
      failures: 6,
      after: Duration.seconds(3),
    });
    expect(made({ health: Health.at("/healthz", { liveness }) }).container("livenessProbe")).toEqual({
      httpGet: { path: "/live", port: "http" },
      periodSeconds: 5,
      timeoutSeconds: 2,
      failureThreshold: 6,
      initialDelaySeconds: 3,
    });
  });

  test("runs without root and without access to the API", () => {
    const { stack, container } = made();
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

  test("runs as a user by number, on files it cannot change, or as root when that is said", () => {
    const strict = made({ security: PodSecurity.nonRoot({ user: 101, readOnlyFiles: true }) });
    expect(objectOf(strict.stack, "Deployment", "spec.template.spec.securityContext.runAsUser")).toBe(101);
    expect(strict.container("securityContext.readOnlyRootFilesystem")).toBe(true);
    const root = made({ security: PodSecurity.root() });
    expect(objectOf(root.stack, "Deployment", "spec.template.spec.securityContext")).toEqual({
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(root.container("securityContext")).toEqual({ allowPrivilegeEscalation: false });
  });

  test("may write to the folders that are named, and nowhere else", () => {
    const { stack, container } = made({ security: PodSecurity.nonRoot({ writable: ["/tmp", "/var/cache/nginx"] }) });
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

  test.each([["tmp"], ["/"], ["/a b"], ["/a/../b"], ["/tmp/"]])("rejects the writable folder %p", (folder) => {
    expect(() => PodSecurity.nonRoot({ writable: [folder] })).toViolate(KUB017, /write each folder once/);
  });

  test("rejects a writable folder that is named twice, or two that would share a volume", () => {
    expect(() => PodSecurity.nonRoot({ writable: ["/tmp", "/tmp"] })).toViolate(KUB017, /"\/tmp"/);
    expect(() => PodSecurity.nonRoot({ writable: ["/var/run", "/var-run"] })).toViolate(KUB017, /"\/var-run"/);
  });

  test("writes amounts as the API server writes them back", () => {
    const { container } = made({
      resources: Resources.of({
        requests: { cpu: Cpu.millicores(1000), memory: Size.mebibytes(1024) },
        limits: { cpu: Cpu.millicores(1500), memory: Size.mebibytes(1536) },
      }),
    });
    expect(container("resources")).toEqual({
      requests: { cpu: "1", memory: "1Gi" },
      limits: { cpu: "1500m", memory: "1536Mi" },
    });
    const large = made({ resources: Resources.of({ requests: { cpu: Cpu.cores(2), memory: Size.tebibytes(1) } }) });
    expect(large.container("resources")).toEqual({ requests: { cpu: "2", memory: "1Ti" } });
  });

  test("leaves the number of replicas to its autoscaler", () => {
    const { stack } = made({ replicas: Replicas.autoscaled() });
    const block = resource(stack, DeploymentV1);
    expect(block["lifecycle"]).toEqual({ ignore_changes: ["spec[0].replicas"] });
    expect((block["spec"] as { replicas?: string }).replicas).toBeUndefined();
    const begun = resource(made({ replicas: Replicas.autoscaled({ initial: 2 }) }).stack, DeploymentV1);
    expect(begun["spec"]).toMatchObject({ replicas: "2" });
  });

  test("keeps its number of replicas when nobody else has a say", () => {
    const block = resource(made().stack, DeploymentV1);
    expect(block["lifecycle"]).toBeUndefined();
    expect(block["spec"]).toMatchObject({ replicas: "3" });
  });

  test("hands on environment, service account and order", () => {
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

  test("spreads strictly when asked", () => {
    const { stack } = made({ spread: Spread.strictlyOverZones() });
    expect(objectOf(stack, "Deployment", "spec.template.spec.topologySpreadConstraints")).toMatchObject([
      { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" },
    ]);
  });

  test.each([
    ["demo-flask-backend", "r/demo-flask-backend:latest", 8080, 8080, "/contents/aws"],
    ["demo-nodejs-backend", "r/demo-nodejs-backend:latest", 8080, 3000, "/services/all"],
    ["demo-frontend", "r/demo-frontend:latest", 80, 80, "/"],
  ])("is the lab's %s, with nothing beyond it", (name, image, service, container, path) => {
    const { stack, service: lab } = made({
      ...PLAIN,
      name,
      image,
      port: ServicePort.byNumber({ service, container }),
      exposure: Exposure.onNodes(),
      health: Health.at(path).withoutProbes(),
    });
    lab.annotateService({ "alb.ingress.kubernetes.io/healthcheck-path": path });
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

  test("is the lab's sample workload on K-PaaS, with its node port", () => {
    const { stack } = made({
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
    expect(made({ image }).container("imagePullPolicy")).toBe(policy);
  });

  test("reads the tag behind an expression, and leaves to the API server what it cannot read", () => {
    const { stack } = made();
    const repository = new TerraformVariable(stack, "repository", {}).stringValue;
    const policy = (image: string) => made({ image }).container("imagePullPolicy");
    expect([
      policy(`${repository}:latest`),
      policy(`${repository}:1.2`),
      policy(repository),
      policy(`${repository}/x`),
    ]).toEqual(["Always", "IfNotPresent", undefined, undefined]);
  });

  test("pulls a tag that stays as often as it is told", () => {
    expect(made({ pull: "Always" }).container("imagePullPolicy")).toBe("Always");
  });

  test.each(["r/web", "r/web:latest"])("rejects %s pulled once", (image) => {
    expect(() => made({ image, pull: "IfNotPresent" })).toViolate(KUB004, /at test\/Web/);
  });

  test("rejects ports that do not exist, and names that no port may have", () => {
    expect(() => made({ port: ServicePort.of({ service: 0, container: 70000 }) })).toViolate(
      KUB005,
      /port 0.*port 70000/s,
    );
    for (const name of ["Http", "a-name-of-16-char", "80", "a--b", "-a"])
      expect(() => made({ port: ServicePort.of({ service: 80, container: 80, name }) })).toViolate(KUB005);
  });

  test.each([29999, 32768, 80, 30000.5])("rejects the node port %p", (port) => {
    expect(() => made({ exposure: Exposure.onNodes(port) })).toViolate(KUB006);
  });

  test("rejects requests above their limits, both at once", () => {
    const resources = Resources.of({
      requests: { cpu: Cpu.cores(2), memory: Size.gibibytes(2) },
      limits: { cpu: Cpu.cores(1), memory: Size.gibibytes(1) },
    });
    expect(() => made({ resources })).toViolate(KUB007, /CPU 2 requested, limit 1;[\s\S]*memory 2 GiB/);
  });

  test.each([0, -1, 1.5, 1001])("rejects %p replicas", (count) => {
    expect(() => made({ replicas: Replicas.fixed(count) })).toViolate(KUB008);
  });

  test("rejects a budget that lets no pod go", () => {
    expect(() => made({ disruption: DisruptionBudget.keep(3) })).toViolate(KUB009, /3 of 3/);
    expect(() => made({ disruption: DisruptionBudget.mayMiss(0) })).toViolate(KUB009);
    expect(
      objectOf(made({ disruption: DisruptionBudget.keep(2) }).stack, "PodDisruptionBudget", "spec.minAvailable"),
    ).toBe(2);
  });

  test.each(["healthz", "", "/a b", "/a?b=c", "/*"])("rejects the health path %p", (path) => {
    expect(() => Health.at(path)).toViolate(KUB014);
    expect(() => Probe.http(path)).toViolate(KUB014);
  });

  test.each([0, -1, 0.5])("rejects %p millicores", (amount) => {
    expect(() => Cpu.millicores(amount)).toViolate(KUB015);
  });

  test("rejects names that the API server would", () => {
    expect(() => made({ name: "Web" })).toViolate(NAM001);
    expect(() => made({ serviceName: "x".repeat(64) })).toViolate(NAM001);
    expect(() => made({ namespace: "-" })).toViolate(NAM001);
  });
});
