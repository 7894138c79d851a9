import type { ApiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";

type Words = (spec: never, object: ApiObject) => string;

const ANNOTATION = "alb.ingress.kubernetes.io";

/** One line for each kind, made of what a person asks first. The same words for what was written and for what was found. */
const WORDS: Readonly<Record<string, Words>> = {
  Deployment: ({ replicas = 1, template: { spec } }: DeploymentSpec) =>
    `${replicas} pods, ${spec.containers
      .map(({ image, ports = [] }) => `tag ${tagOf(image)} on ${ports.map((port) => port.containerPort).join(", ")}`)
      .join("; ")}`,
  Service: ({ type = "ClusterIP", ports }: ServiceSpec) => {
    const pairs = ports.map(({ port, targetPort = port }) => `${port} → ${targetPort}`);
    return `${type} ${pairs.join(", ")}`;
  },
  Ingress: ({ rules }: IngressSpec, { metadata }) => {
    const annotations = (metadata["annotations"] ?? {}) as Readonly<Record<string, string>>;
    const ways = rules.flatMap(({ http }) =>
      http.paths.map(({ path, backend: { service } }) => `${path} → ${service.name}:${service.port.number}`),
    );
    return `${String(annotations[`${ANNOTATION}/group.name`])} ${String(annotations[`${ANNOTATION}/group.order`])}: ${ways.join(", ")}`;
  },
  HorizontalPodAutoscaler: ({ minReplicas, maxReplicas, metrics, scaleTargetRef }: AutoscalerSpec) => {
    const percent = metrics.map(({ resource }) => resource.target.averageUtilization).join(", ");
    return `${scaleTargetRef.name}: ${minReplicas} to ${maxReplicas} pods at ${percent} % CPU`;
  },
  PodDisruptionBudget: ({ maxUnavailable, minAvailable }: BudgetSpec) =>
    minAvailable === undefined ? `${String(maxUnavailable)} may be away` : `${String(minAvailable)} stay`,
};

/** What an object is called in a table. */
export function subjectOf({ kind, metadata }: ApiObject): string {
  return `${kind} ${String(metadata["name"])}`;
}

/** An object as one line. */
export function inWords(object: ApiObject): string {
  const words = WORDS[object.kind];
  return words === undefined ? "there" : words(object["spec"] as never, object);
}

/** The registry's name is known only to the cloud; the tag is what was written. */
function tagOf(image: string): string {
  return image.slice(image.lastIndexOf(":") + 1);
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
