import { Violation, Violations } from "@groundwork/constructs/core/violation";
import { Duration } from "@groundwork/constructs/core/duration";
import { IngressGroup } from "@groundwork/constructs/kubernetes/ingress/ingress-group";
import type { ApiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";
import { Namespace } from "@groundwork/constructs/kubernetes/namespace";
import { DisruptionBudget } from "@groundwork/constructs/kubernetes/scaling/disruption-budget";
import { PodAutoscaler, type PodAutoscalerProps } from "@groundwork/constructs/kubernetes/scaling/pod-autoscaler";
import { Replicas } from "@groundwork/constructs/kubernetes/scaling/replicas";
import { Health } from "@groundwork/constructs/kubernetes/workload/health";
import { PodSecurity } from "@groundwork/constructs/kubernetes/workload/pod-security";
import { Probe } from "@groundwork/constructs/kubernetes/workload/probe";
import { Rollout } from "@groundwork/constructs/kubernetes/workload/rollout";
import { ServicePort } from "@groundwork/constructs/kubernetes/workload/service-port";
import { Shutdown } from "@groundwork/constructs/kubernetes/workload/shutdown";
import type { WebServiceProps } from "@groundwork/constructs/kubernetes/workload/web-service";
import type { TerraformStack } from "cdktf";
import { clusterStack, webService } from "./kubernetes";

/** A field of the API with a prop of the library. */
export interface Field<T> {
  readonly name: string;
  /** Creates constructs with the value of the prop. */
  readonly create: (stack: TerraformStack, value: T) => void;
  /** The object with the value in its field, unchecked. */
  readonly object: (value: T) => ApiObject;
  /** Values that the library rejects although the API server accepts them, because something after it does not. */
  readonly isRejectedLater?: (value: T) => boolean;
}

/** Whether the library accepts a value. Errors other than violations are thrown. */
export function accepts<T>({ create }: Field<T>, value: T): boolean {
  try {
    create(clusterStack(), value);
    return true;
  } catch (error) {
    if (error instanceof Violation || error instanceof Violations) return false;
    throw error;
  }
}

interface Pod {
  [field: string]: unknown;
  containers: [Record<string, unknown>];
}

interface DeploymentSpec {
  [field: string]: unknown;
  selector: { matchLabels: Record<string, string> };
  template: { metadata: { labels: Record<string, string>; annotations?: Record<string, string> }; spec: Pod };
}

/** A Deployment that an edit changes. */
function deployment(edit: (spec: DeploymentSpec, metadata: Record<string, unknown>) => void): ApiObject {
  const metadata = { name: "web", namespace: "default" };
  const labels = { app: "web" };
  const containers: Pod["containers"] = [{ name: "web", image: "web:1" }];
  const spec: DeploymentSpec = {
    selector: { matchLabels: { ...labels } },
    template: { metadata: { labels: { ...labels } }, spec: { containers } },
  };
  edit(spec, metadata);
  return { apiVersion: "apps/v1", kind: "Deployment", metadata, spec };
}

const pod = (edit: (spec: Pod) => void): ApiObject => deployment(({ template }) => edit(template.spec));
const container = (fields: Record<string, unknown>): ApiObject =>
  pod(({ containers }) => Object.assign(containers[0], fields));

function service(name: string, port: Record<string, unknown>): ApiObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "default" },
    spec: { selector: { app: "web" }, ports: [port] },
  };
}

function ingress(rule: Record<string, unknown>, path: unknown, pathType: string, name = "web"): ApiObject {
  const backend = { service: { name: "web", port: { number: 80 } } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name, namespace: "default" },
    spec: { ingressClassName: "alb", rules: [{ ...rule, http: { paths: [{ path, pathType, backend }] } }] },
  };
}

function autoscaler({ min = 1, max = 5, cpuPercent = 50 }: Partial<PodAutoscalerProps>): ApiObject {
  const target = { type: "Utilization", averageUtilization: cpuPercent };
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "web", namespace: "default" },
    spec: {
      minReplicas: min,
      maxReplicas: max,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
    },
  };
}

function budget(bound: Record<string, unknown>): ApiObject {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "web", namespace: "default" },
    spec: { ...bound, selector: { matchLabels: { app: "web" } } },
  };
}

const web = (props: (value: never) => Partial<WebServiceProps>) => (stack: TerraformStack, value: unknown) => {
  webService(stack, props(value as never), "Web");
};

/** Paths of load balancers have fewer characters and are shorter. */
const isBeyondLoadBalancer = (path: string): boolean => path.length > 126 || /[^\w.$/~"'@:+&*?-]/.test(path);

/** Fields with texts. */
export const TEXT_FIELDS: readonly Field<string>[] = [
  {
    name: "name of a namespace",
    create: (stack, name) => {
      new Namespace(stack, "Namespace", { name });
    },
    object: (name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }),
  },
  {
    name: "name of a Deployment",
    create: web((name: string) => ({ name, labels: { app: "web" } })),
    object: (name) => deployment((_, metadata) => (metadata["name"] = name)),
    // The names of its ReplicaSets are longer.
    isRejectedLater: (name) => name.length > 242,
  },
  {
    name: "name of a Service",
    create: web((serviceName: string) => ({ serviceName })),
    object: (name) => service(name, { port: 80 }),
  },
  {
    name: "name of a port",
    create: web((name: string) => ({ port: ServicePort.of({ service: 80, container: 80, name }) })),
    object: (name) => container({ ports: [{ name, containerPort: 80 }] }),
    // The API server considers an empty name as none.
    isRejectedLater: (name) => name === "",
  },
  {
    name: "name of a container",
    create: web((containerName: string) => ({ containerName })),
    object: (name) => container({ name }),
  },
  {
    name: "service account",
    create: web((serviceAccount: string) => ({ serviceAccount })),
    object: (name) => pod((spec) => (spec["serviceAccountName"] = name)),
    isRejectedLater: (name) => name === "",
  },
  {
    name: "image",
    create: web((image: string) => ({ image })),
    object: (image) => container({ image }),
    // The nodes parse the reference.
    isRejectedLater: (image) => !/^[a-z0-9]+([._-]+[a-z0-9]+)*(:[\w][\w.-]*)?$/.test(image),
  },
  {
    name: "environment variable",
    create: web((name: string) => ({ environment: { [name]: "x" } })),
    object: (name) => container({ env: [{ name, value: "x" }] }),
    // Older API servers and shells.
    isRejectedLater: (name) => !/^[-._a-z][-._a-z0-9]*$/i.test(name) || name.startsWith("."),
  },
  {
    name: "label key",
    create: web((key: string) => ({ labels: { [key]: "x" } })),
    object: (key) =>
      deployment(({ selector, template }) => {
        selector.matchLabels = { [key]: "x" };
        template.metadata.labels = { [key]: "x" };
      }),
  },
  {
    name: "label value",
    create: web((value: string) => ({ labels: { team: value } })),
    object: (value) =>
      deployment(({ selector, template }) => {
        selector.matchLabels = { team: value };
        template.metadata.labels = { team: value };
      }),
  },
  {
    name: "annotation key",
    create: web((key: string) => ({ podAnnotations: { [key]: "x" } })),
    object: (key) => deployment(({ template }) => (template.metadata.annotations = { [key]: "x" })),
  },
  {
    name: "node selector",
    create: web((value: string) => ({ nodeSelector: { pool: value } })),
    object: (value) => pod((spec) => (spec["nodeSelector"] = { pool: value })),
  },
  {
    name: "toleration key",
    create: web((key: string) => ({ tolerations: [{ key }] })),
    object: (key) => pod((spec) => (spec["tolerations"] = [{ key, operator: "Exists" }])),
    // The API server considers an empty key as every key.
    isRejectedLater: (key) => key === "",
  },
  {
    name: "toleration value",
    create: web((value: string) => ({ tolerations: [{ key: "pool", value }] })),
    object: (value) => pod((spec) => (spec["tolerations"] = [{ key: "pool", operator: "Equal", value }])),
  },
  {
    name: "writable directory",
    create: web((directory: string) => ({ security: PodSecurity.nonRoot({ writable: [directory] }) })),
    object: (mountPath) =>
      pod((spec) => {
        spec["volumes"] = [{ name: "v", emptyDir: {} }];
        spec.containers[0]["volumeMounts"] = [{ name: "v", mountPath }];
      }),
    // The nodes resolve the path.
    isRejectedLater: (path) => !path.startsWith("/") || /:|\n|\/\/|\/\.\.?(\/|$)/.test(path) || path === "/",
  },
  {
    name: "health path",
    create: web((path: string) => ({ health: Health.at(path) })),
    object: (path) => container({ readinessProbe: { httpGet: { path, port: 80 } } }),
    // The nodes parse the URL.
    isRejectedLater: (path) => !/^\/[\w./-]*$/.test(path),
  },
  {
    name: "name of an Ingress",
    create: (stack, name) => {
      const group = new IngressGroup(stack, "Group", { name: "web" });
      group.add("Web", { name, order: 1, service: webService(stack) });
    },
    object: (name) => ingress({}, "/", "Prefix", name),
  },
  {
    name: "host of an Ingress",
    create: (stack, host) => {
      const group = new IngressGroup(stack, "Group", { name: "web" });
      group.add("Web", { name: "web", order: 1, host, service: webService(stack) });
    },
    object: (host) => ingress({ host }, "/", "Prefix"),
    // The API server considers an empty host as every host; load balancers accept 128 characters.
    isRejectedLater: (host) => host === "" || host.length > 128,
  },
  ...(["Prefix", "Exact", "ImplementationSpecific"] as const).map((pathType): Field<string> => ({
    name: `path of type ${pathType}`,
    create: (stack, path) => {
      const group = new IngressGroup(stack, "Group", { name: "web" });
      group.add("Web", { name: "web", order: 1, path, pathType, service: webService(stack) });
    },
    object: (path) => ingress({}, path, pathType),
    isRejectedLater: (path) =>
      isBeyondLoadBalancer(path) ||
      (pathType !== "ImplementationSpecific" && /[*?]/.test(path)) ||
      // The API server considers an empty pattern as every path.
      path === "",
  })),
];

const scaled = (props: Partial<PodAutoscalerProps>) => (stack: TerraformStack) => {
  const target = webService(stack, { replicas: Replicas.autoscaled() });
  new PodAutoscaler(stack, "Autoscaler", { target, min: 1, max: 5, cpuPercent: 50, ...props });
};

/** Fields with numbers. */
export const NUMBER_FIELDS: readonly Field<number>[] = [
  {
    name: "replicas",
    create: web((count: number) => ({ replicas: Replicas.fixed(count) })),
    object: (count) => deployment((spec) => (spec["replicas"] = count)),
    isRejectedLater: (count) => count === 0 || count > 1_000,
  },
  {
    name: "maxUnavailable of a budget",
    create: web((pods: number) => ({ disruption: DisruptionBudget.maxUnavailable(pods) })),
    object: (maxUnavailable) => budget({ maxUnavailable }),
    // Nodes could not be drained.
    isRejectedLater: (pods) => pods === 0,
  },
  {
    name: "minAvailable of a budget",
    create: web((pods: number) => ({
      disruption: DisruptionBudget.minAvailable(pods),
      replicas: Replicas.autoscaled(),
    })),
    object: (minAvailable) => budget({ minAvailable }),
  },
  {
    name: "port of a container",
    create: web((port: number) => ({ port: ServicePort.byNumber({ service: 80, container: port }) })),
    object: (containerPort) => container({ ports: [{ containerPort }] }),
  },
  {
    name: "port of a Service",
    create: web((port: number) => ({ port: ServicePort.byNumber({ service: port, container: 80 }) })),
    object: (port) => service("web", { port }),
  },
  {
    name: "failures of a probe",
    create: web((failures: number) => ({ health: Health.at("/", { liveness: Probe.tcp({ failures }) }) })),
    object: (failureThreshold) => container({ livenessProbe: { tcpSocket: { port: 80 }, failureThreshold } }),
    // The API server considers 0 as unset.
    isRejectedLater: (failures) => failures === 0,
  },
  {
    name: "user",
    create: web((user: number) => ({ security: PodSecurity.nonRoot({ user }) })),
    object: (runAsUser) => pod((spec) => (spec["securityContext"] = { runAsUser, runAsNonRoot: true })),
    // The kubelet does not start root.
    isRejectedLater: (user) => user === 0,
  },
  {
    name: "grace period",
    create: (stack, seconds) => {
      webService(stack, { shutdown: Shutdown.immediate({ finish: Duration.seconds(seconds) }) });
    },
    object: (seconds) => pod((spec) => (spec["terminationGracePeriodSeconds"] = seconds)),
    // A negative period means one second, a longer one is an int64 that the provider cannot represent.
    isRejectedLater: (seconds) => seconds <= 0 || seconds > 2 ** 31 - 1,
  },
  {
    name: "maxSurge",
    create: web((maxSurge: number) => ({ rollout: Rollout.rolling({ maxSurge }) })),
    object: (maxSurge) => deployment((spec) => (spec["strategy"] = { rollingUpdate: { maxSurge } })),
  },
  {
    name: "maxUnavailable of a rollout",
    create: web((maxUnavailable: number) => ({ rollout: Rollout.rolling({ maxUnavailable }) })),
    object: (maxUnavailable) => deployment((spec) => (spec["strategy"] = { rollingUpdate: { maxUnavailable } })),
  },
  {
    name: "minimum of an autoscaler",
    create: (stack, min) => scaled({ min, max: 2 ** 31 - 1 })(stack),
    object: (min) => autoscaler({ min, max: 2 ** 31 - 1 }),
  },
  {
    name: "maximum of an autoscaler",
    create: (stack, max) => scaled({ max })(stack),
    object: (max) => autoscaler({ max }),
  },
  {
    name: "CPU target of an autoscaler",
    create: (stack, cpuPercent) => scaled({ cpuPercent })(stack),
    object: (cpuPercent) => autoscaler({ cpuPercent }),
  },
];
