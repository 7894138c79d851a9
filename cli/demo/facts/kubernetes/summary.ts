import type { ApiObject } from "@groundwork/constructs/kubernetes/manifests";

/** Summarizes the `spec` of one kind. */
type Summary = (spec: never, object: ApiObject) => string;

const ANNOTATION = "alb.ingress.kubernetes.io";

/** Summaries by kind. The same functions apply to expected and to actual objects. */
const SUMMARIES: Readonly<Record<string, Summary>> = {
  Deployment: ({ replicas = 1, template: { spec } }: DeploymentSpec) =>
    `${replicas} pods, ${spec.containers
      .map(({ image, ports = [] }) => `${versionOf(image)} on ${ports.map((port) => port.containerPort).join(", ")}`)
      .join("; ")}`,
  Service: ({ type = "ClusterIP", ports }: ServiceSpec) => {
    const pairs = ports.map(({ port, targetPort = port }) => `${port} → ${targetPort}`);
    return `${type} ${pairs.join(", ")}`;
  },
  Ingress: ({ rules }: IngressSpec, { metadata }) => {
    const annotations = (metadata["annotations"] ?? {}) as Readonly<Record<string, string>>;
    const paths = rules.flatMap(({ http }) =>
      http.paths.map(({ path, backend: { service } }) => `${path} → ${service.name}:${service.port.number}`),
    );
    const group = String(annotations[`${ANNOTATION}/group.name`]);
    const order = String(annotations[`${ANNOTATION}/group.order`]);
    return `${group} ${order}: ${paths.join(", ")}`;
  },
  HorizontalPodAutoscaler: ({ minReplicas, maxReplicas, metrics, scaleTargetRef }: AutoscalerSpec) => {
    const percent = metrics.map(({ resource }) => resource.target.averageUtilization).join(", ");
    return `${scaleTargetRef.name}: ${minReplicas} to ${maxReplicas} pods at ${percent} % CPU`;
  },
  PodDisruptionBudget: ({ maxUnavailable, minAvailable }: BudgetSpec) =>
    minAvailable === undefined
      ? `at most ${String(maxUnavailable)} unavailable`
      : `at least ${String(minAvailable)} available`,
};

/** Kind and name of an object. */
export function subjectOf({ kind, metadata }: ApiObject): string {
  return `${kind} ${String(metadata["name"])}`;
}

/** An object as one line; of a kind without a summary, only that it exists. */
export function objectSummary(object: ApiObject): string {
  const summary = SUMMARIES[object.kind];
  return summary === undefined ? "exists" : summary(object["spec"] as never, object);
}

/** The version of an image. The configuration contains neither the name of the registry nor a digest, which the plan looks up. */
function versionOf(image: string): string {
  return image.includes("@") ? "image by digest" : `tag ${image.slice(image.lastIndexOf(":") + 1)}`;
}

interface DeploymentSpec {
  readonly replicas?: number;
  readonly template: {
    readonly spec: {
      readonly containers: readonly {
        readonly image: string;
        readonly ports?: readonly { readonly containerPort: number }[];
      }[];
    };
  };
}

interface ServiceSpec {
  readonly type?: string;
  readonly ports: readonly { readonly port: number; readonly targetPort?: number | string }[];
}

interface IngressSpec {
  readonly rules: readonly {
    readonly http: {
      readonly paths: readonly {
        readonly path: string;
        readonly backend: { readonly service: { readonly name: string; readonly port: { readonly number: number } } };
      }[];
    };
  }[];
}

interface AutoscalerSpec {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly scaleTargetRef: { readonly name: string };
  readonly metrics: readonly { readonly resource: { readonly target: { readonly averageUtilization: number } } }[];
}

interface BudgetSpec {
  readonly maxUnavailable?: number | string;
  readonly minAvailable?: number | string;
}
