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
} from "@groundwork/constructs/kubernetes";
import { defined, Size } from "@groundwork/constructs/core";
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
    ingress: v.strictObject({ name: v.string(), order: v.number(), path: v.string() }),
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
    },
  })),
);

/** With an ACM certificate the load balancer serves HTTPS and redirects HTTP. */
const certificate = v.optional(v.string());

/** The application's services behind one load balancer. */
export const workloads = v.pipe(
  v.strictObject({
    /** Namespace with the restricted pod security standard. @default - `default` */
    namespace: v.optional(v.string()),
    group: v.strictObject({
      name: v.string(),
      scheme: v.picklist(["internet-facing", "internal"]),
      /** ARN of the certificate, in the cluster's region. @default - plain HTTP */
      certificateArn: certificate,
    }),
    services: v.record(v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z]*$/, "write a noun such as Frontend")), service),
  }),
  decodeWith(({ namespace, group: { certificateArn, ...group }, services }) => ({
    namespace,
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
