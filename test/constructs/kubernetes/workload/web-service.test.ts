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

  test.each([["tmp"], ["/"], ["/a b"], ["/a/../b"], ["/tmp/"]])("rejects the writable directory %p", (directory) => {
    expect(() => PodSecurity.nonRoot({ writable: [directory] })).toViolate(KUB017, /give each directory once/);
  });

  test("rejects a duplicate writable directory, and two directories with the same volume name", () => {
    expect(() => PodSecurity.nonRoot({ writable: ["/tmp", "/tmp"] })).toViolate(KUB017, /"\/tmp"/);
    expect(() => PodSecurity.nonRoot({ writable: ["/var/run", "/var-run"] })).toViolate(KUB017, /"\/var-run"/);
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

  test.each(["healthz", "", "/a b", "/a?b=c", "/*"])("rejects the health path %p", (path) => {
    expect(() => Health.at(path)).toViolate(KUB014);
    expect(() => Probe.http(path)).toViolate(KUB014);
  });

  test.each([0, -1, 0.5])("rejects %p millicores", (amount) => {
    expect(() => Cpu.millicores(amount)).toViolate(KUB015);
  });

  test("rejects names that the API server would reject", () => {
    expect(() => created({ name: "Web" })).toViolate(NAM001);
    expect(() => created({ serviceName: "x".repeat(64) })).toViolate(NAM001);
    expect(() => created({ namespace: "-" })).toViolate(NAM001);
  });
});
