import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../core/defined";
import { Violations } from "../core/violation";
import { escaped } from "./escaped";
import { annotationViolations, type Labels, labelViolations } from "./labels";
import { claimName, OBJECT_NAMES } from "./names";
import { KUB021, KUB030 } from "./rules";

/** The three levels of Kubernetes' Pod Security Standards. */
export type PodLevel = "restricted" | "baseline" | "privileged";

const [ENFORCE, WARN, GATES] = [
  "pod-security.kubernetes.io/enforce",
  "pod-security.kubernetes.io/warn",
  "elbv2.k8s.aws/pod-readiness-gate-inject",
] as const;

/** Labels with a prop of their own. */
const OWN_LABELS: readonly string[] = [ENFORCE, WARN, GATES];

/** Properties of {@link Namespace}. */
export interface NamespaceProps {
  /** Name of the namespace. */
  readonly name: string;
  /**
   * Pod Security Standard that the API server enforces: `"restricted"`, `"baseline"` (for images that run as root) or
   * `"privileged"` (no restriction). Pods that exceed it are rejected.
   * @default "restricted"
   */
  readonly pods?: PodLevel;
  /**
   * Whether new pods count as available only when the load balancer of their ingress group has found them healthy: the AWS Load
   * Balancer Controller adds a readiness gate to pods behind targets of type `ip`. A rollout then removes no pod before its
   * replacement receives requests. Applies to pods that are created after their Ingress.
   * @default false
   */
  readonly readinessGates?: boolean;
  /** Further labels. @default - none */
  readonly labels?: Labels;
  /** Annotations. @default - none */
  readonly annotations?: Labels;
  /** Resources that are created before the namespace and destroyed after it. @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a namespace of a cluster: a scope for the names of one application's objects, to which roles and quotas can be bound.
 *
 * Creates the namespace. Destroying it deletes everything that is left in it. Free of charge.
 *
 * Errors: KUB018, KUB019, KUB021, KUB030, NAM001, NAM002.
 *
 * @example
 * const shop = new Namespace(this, "Shop", { name: "shop" });
 * new WebService(this, "Api", { ...api, namespace: shop.namespaceName, dependsOn: [shop] });
 */
export class Namespace extends Construct implements ITerraformDependable {
  /** Name of the namespace. */
  readonly namespaceName: string;
  /** For `dependsOn`: `namespaceName` is a plain string, so that manifests show it, and creates no dependency. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: NamespaceProps) {
    super(scope, id);
    this.namespaceName = claimName(props.name, OBJECT_NAMES.namespace, "", this);
    if (/^(default|kube-(system|public|node-lease))$/.test(props.name))
      throw KUB030.violation({ at: this, given: `namespace ${props.name}`, fix: "use a name of your own" });
    this.check(props);
    const resource = new NamespaceV1(this, "Resource", {
      metadata: escaped({
        name: props.name,
        labels: { ...props.labels, ...ownLabels(props) },
        ...defined({ annotations: props.annotations }),
      }),
      ...defined({ dependsOn: props.dependsOn && [...props.dependsOn] }),
    });
    this.node.defaultChild = resource;
    this.fqn = resource.fqn;
  }

  private check({ labels = {}, annotations = {} }: NamespaceProps): void {
    const own = Object.keys(labels).filter((key) => OWN_LABELS.includes(key));
    Violations.throwIfAny([
      ...labelViolations(labels, this),
      ...annotationViolations(annotations, this),
      ...own.map((key) => KUB021.violation({ at: this, given: `label ${key}`, fix: "set pods or readinessGates" })),
    ]);
  }
}

function ownLabels({ pods = "restricted", readinessGates = false }: NamespaceProps): Labels {
  return { [ENFORCE]: pods, [WARN]: pods, ...(readinessGates ? { [GATES]: "enabled" } : {}) };
}
