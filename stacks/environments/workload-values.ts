import { Cpu } from "@groundwork/constructs/kubernetes/cpu";
import { Exposure } from "@groundwork/constructs/kubernetes/exposure";
import { Health } from "@groundwork/constructs/kubernetes/health";
import { Listeners } from "@groundwork/constructs/kubernetes/listeners";
import { PodSecurity } from "@groundwork/constructs/kubernetes/pod-security";
import { Replicas } from "@groundwork/constructs/kubernetes/replicas";
import type { Amounts } from "@groundwork/constructs/kubernetes/resources";
import { Resources } from "@groundwork/constructs/kubernetes/resources";
import { ServicePort } from "@groundwork/constructs/kubernetes/service-port";
import { Size } from "@groundwork/constructs/core/size";
import * as v from "valibot";
import { defined, transform } from "./values";

const amounts = v.pipe(
  v.strictObject({ cpuMillicores: v.optional(v.number()), memoryMebibytes: v.optional(v.number()) }),
  transform(({ cpuMillicores, memoryMebibytes }): Amounts => ({
    ...(cpuMillicores === undefined ? {} : { cpu: Cpu.millicores(cpuMillicores) }),
    ...(memoryMebibytes === undefined ? {} : { memory: Size.mebibytes(memoryMebibytes) }),
  })),
);

/** What pods may do on their nodes. */
const security = v.pipe(
  v.variant("type", [
    /** Neither root nor capabilities; `writable` are the folders that may be written to, and makes the others read-only. */
    v.strictObject({ type: v.literal("non-root"), writable: v.optional(v.array(v.string())) }),
    v.strictObject({ type: v.literal("root") }),
    /** Whatever the image wants. */
    v.strictObject({ type: v.literal("image") }),
  ]),
  transform((data) => {
    if (data.type === "image") return PodSecurity.unset();
    return data.type === "root" ? PodSecurity.root() : PodSecurity.nonRoot(defined({ writable: data.writable }));
  }),
);

const EXPOSURES = { cluster: () => Exposure.inCluster(), nodes: () => Exposure.onNodes() };

/** One service, and the path of the load balancer that leads to it. */
const service = v.pipe(
  v.strictObject({
    name: v.string(),
    /** An image by its full name, or a tag in a repository of the cluster's stack. */
    image: v.variant("from", [
      v.strictObject({ from: v.literal("anywhere"), name: v.string() }),
      v.strictObject({ from: v.literal("repository"), repository: v.string(), tag: v.string() }),
    ]),
    port: v.strictObject({ service: v.number(), container: v.number() }),
    exposure: v.picklist(["cluster", "nodes"]),
    healthPath: v.string(),
    /** A fixed number of pods, or the bounds between which their load decides. */
    replicas: v.union([v.number(), v.strictObject({ min: v.number(), max: v.number(), cpuPercent: v.number() })]),
    requests: v.optional(amounts),
    limits: v.optional(amounts),
    security,
    ingress: v.strictObject({ name: v.string(), order: v.number(), path: v.string() }),
  }),
  transform((data) => ({
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

/** The ports of the load balancer. A certificate of ACM makes it speak HTTPS and send everybody there. */
const certificate = v.optional(v.string());

/** The application's services behind one load balancer. */
export const workloads = v.pipe(
  v.strictObject({
    /** Namespace of its own, which lets in only pods that want nothing of their nodes. @default - `default` */
    namespace: v.optional(v.string()),
    group: v.strictObject({
      name: v.string(),
      scheme: v.picklist(["internet-facing", "internal"]),
      /** ARN of the certificate, in the cluster's region. Without one it speaks plain HTTP. */
      certificateArn: certificate,
    }),
    services: v.record(v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z]*$/, "write a noun such as Frontend")), service),
  }),
  transform(({ namespace, group: { certificateArn, ...group }, services }) => ({
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
