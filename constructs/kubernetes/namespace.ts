import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../core/defined";
import { Name } from "../core/name";
import { OBJECT_NAME } from "./names";

/** The three levels of Kubernetes' Pod Security Standards. */
export type PodLevel = "restricted" | "baseline" | "privileged";

export interface NamespaceProps {
  /** Name of the namespace. */
  readonly name: string;
  /**
   * Pod Security Standard that the API server enforces: `"restricted"`, `"baseline"` (for images that run as root) or
   * `"privileged"` (no restriction). Pods that exceed it are rejected.
   * @default "restricted"
   */
  readonly pods?: PodLevel;
  /** Resources that are created before the namespace and destroyed after it. @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a namespace of a cluster: a scope for the names of one application's objects, to which roles and quotas can be bound.
 *
 * Creates the namespace. Destroying it deletes everything that is left in it. Free of charge.
 *
 * Errors: NAM001.
 *
 * @example
 * const shop = new Namespace(this, "Shop", { name: "shop" });
 * new WebService(this, "Api", { ...api, namespace: shop.namespaceName, dependsOn: [shop] });
 */
export class Namespace extends Construct implements ITerraformDependable {
  readonly namespaceName: string;
  /** For `dependsOn`: `namespaceName` is a plain string, so that manifests show it, and creates no dependency. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, { name, pods = "restricted", dependsOn }: NamespaceProps) {
    super(scope, id);
    this.namespaceName = Name.check(name, OBJECT_NAME, this);
    const level = "pod-security.kubernetes.io";
    const resource = new NamespaceV1(this, "Resource", {
      metadata: { name, labels: { [`${level}/enforce`]: pods, [`${level}/warn`]: pods } },
      ...defined({ dependsOn: dependsOn && [...dependsOn] }),
    });
    this.node.defaultChild = resource;
    this.fqn = resource.fqn;
  }
}
