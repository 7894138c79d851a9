import {
  type Amounts,
  Cpu,
  Exposure,
  Health,
  Listeners,
  PodSecurity,
  Replicas,
  Resources,
  ServicePort,
  Shutdown,
} from "@groundwork/constructs/kubernetes";
import { defined, Duration, Size } from "@groundwork/constructs/core";
import * as v from "valibot";
import { decodeWith } from "./decode";

const amounts = v.pipe(
  v.strictObject({ cpuMillicores: v.optional(v.number()), memoryMebibytes: v.optional(v.number()) }),
  decodeWith(({ cpuMillicores, memoryMebibytes }): Amounts => ({
    ...defined({
      cpu: cpuMillicores === undefined ? undefined : Cpu.millicores(cpuMillicores),
      memory: memoryMebibytes === undefined ? undefined : Size.mebibytes(memoryMebibytes),
    }),
  })),
);

/** Security context of the pods. */
const security = v.pipe(
  v.variant("type", [
    /** No root user, no capabilities. With `writable`, only these directories can be written to. */
    v.strictObject({ type: v.literal("non-root"), writable: v.optional(v.array(v.string())) }),
    v.strictObject({ type: v.literal("root") }),
    /** As the image specifies. */
    v.strictObject({ type: v.literal("image") }),
  ]),
  decodeWith((data) => {
    if (data.type === "image") return PodSecurity.unset();
    return data.type === "root" ? PodSecurity.root() : PodSecurity.nonRoot(defined({ writable: data.writable }));
  }),
);

/** How pods stop: SIGTERM after `drainSeconds`, which the image's `sleep` waits, SIGKILL after `finishSeconds` more. */
const shutdown = v.pipe(
  v.strictObject({ drainSeconds: v.number(), finishSeconds: v.number() }),
  decodeWith(({ drainSeconds, finishSeconds }) =>
    Shutdown.afterSleep({ drain: Duration.seconds(drainSeconds), finish: Duration.seconds(finishSeconds) }),
  ),
);

/** The rule of the load balancer for a service. */
const ingress = v.pipe(
  v.strictObject({
    name: v.string(),
    order: v.number(),
    path: v.string(),
    /** @default - every host */
    host: v.optional(v.string()),
    /** Time for which requests in progress may continue when a pod is removed. @default - 300 seconds */
    deregistrationDelaySeconds: v.optional(v.number()),
  }),
  decodeWith(({ deregistrationDelaySeconds: seconds, host, ...rule }) => ({
    ...rule,
    ...defined({ host, deregistrationDelay: seconds === undefined ? undefined : Duration.seconds(seconds) }),
  })),
);

const EXPOSURES = { cluster: () => Exposure.inCluster(), nodes: () => Exposure.onNodes() };

/** A service, and its path on the load balancer. */
const service = v.pipe(
  v.strictObject({
    name: v.string(),
    /** An image by its full name, or a tag in a repository of the `eks` stack. */
    image: v.variant("from", [
      v.strictObject({ from: v.literal("anywhere"), name: v.string() }),
      v.strictObject({ from: v.literal("repository"), repository: v.string(), tag: v.string() }),
    ]),
    port: v.strictObject({ service: v.number(), container: v.number() }),
    exposure: v.picklist(["cluster", "nodes"]),
    healthPath: v.string(),
    /** A fixed number of pods, or the bounds of autoscaling. */
    replicas: v.union([v.number(), v.strictObject({ min: v.number(), max: v.number(), cpuPercent: v.number() })]),
    requests: v.optional(amounts),
    limits: v.optional(amounts),
    security,
    /** @default - SIGTERM at once, SIGKILL after 30 seconds */
    shutdown: v.optional(shutdown),
    ingress,
  }),
  decodeWith((data) => ({
    image: data.image,
    ingress: data.ingress,
    ...(typeof data.replicas === "number" ? {} : { bounds: data.replicas }),
    settings: {
      name: data.name,
      port: ServicePort.byNumber(data.port),
      exposure: EXPOSURES[data.exposure](),
      health: Health.at(data.healthPath),
      replicas:
        typeof data.replicas === "number"
          ? Replicas.fixed(data.replicas)
          : Replicas.autoscaled({ initial: data.replicas.min }),
      resources: Resources.of(defined({ requests: data.requests, limits: data.limits })),
      security: data.security,
      ...defined({ shutdown: data.shutdown }),
    },
  })),
);

/** With an ACM certificate the load balancer serves HTTPS and redirects HTTP. */
const certificate = v.optional(v.string());

/** Ids of the stack's own constructs: the cluster, the namespace, the load balancer, and those derived from a service's id. */
const RESERVED = /^(Cluster|Namespace|Web|\w*(Autoscaler|Images|ImagesDigest))$/;

/** The application's services behind one load balancer. */
export const workloads = v.pipe(
  v.strictObject({
    /** Namespace with the restricted pod security standard. @default - `default` */
    namespace: v.optional(v.string()),
    /** Whether pods of the namespace count as available only when the load balancer has found them healthy. @default false */
    readinessGates: v.optional(v.boolean(), false),
    group: v.strictObject({
      name: v.string(),
      scheme: v.picklist(["internet-facing", "internal"]),
      /** ARN of the certificate, in the cluster's region. @default - plain HTTP */
      certificateArn: certificate,
    }),
    services: v.record(
      v.pipe(
        v.string(),
        v.regex(/^[A-Z][A-Za-z]*$/, "write a noun such as Frontend"),
        v.check((id) => !RESERVED.test(id), "the stack uses this id itself; write another noun, such as Frontend"),
      ),
      service,
    ),
  }),
  v.check(
    ({ namespace, readinessGates }) => namespace !== undefined || !readinessGates,
    "readinessGates are a label of the namespace; set namespace",
  ),
  decodeWith(({ namespace, readinessGates, group: { certificateArn, ...group }, services }) => ({
    namespace: namespace === undefined ? undefined : { name: namespace, readinessGates },
    services,
    group: (region: string) => ({
      ...group,
      listeners:
        certificateArn === undefined
          ? Listeners.http()
          : Listeners.https({ certificateArns: [certificateArn], region }),
    }),
  })),
);
