import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../core/name";
import { OBJECT_NAME } from "./names";

/** What pods may do on their nodes, by Kubernetes' own three levels. */
export type PodLevel = "restricted" | "baseline" | "privileged";

export interface NamespaceProps {
  /** Name of the namespace. */
  readonly name: string;
  /** The API server refuses pods that want more than this. @default "restricted" */
  readonly pods?: PodLevel;
  /** What has to stand before, and goes after. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a room of its own in a cluster: names of one application meet no other's, and roles and limits can be about it.
 *
 * Creates the namespace. Removing it removes whatever is left in it. Free of charge.
 *
 * Errors: NAM001.
 *
 * @example
 * const shop = new Namespace(this, "Shop", { name: "shop" });
 * new WebService(this, "Api", { ...api, namespace: shop.namespaceName, dependsOn: [shop] });
 */
export class Namespace extends Construct implements ITerraformDependable {
  readonly namespaceName: string;
  /** For `dependsOn`: the name alone, which manifests show, orders nothing. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, { name, pods = "restricted", dependsOn }: NamespaceProps) {
    super(scope, id);
    this.namespaceName = Name.check(name, OBJECT_NAME, this);
    const level = "pod-security.kubernetes.io";
    const resource = new NamespaceV1(this, "Resource", {
      metadata: { name, labels: { [`${level}/enforce`]: pods, [`${level}/warn`]: pods } },
      ...(dependsOn === undefined ? {} : { dependsOn: [...dependsOn] }),
    });
    this.node.defaultChild = resource;
    this.fqn = resource.fqn;
  }
}
