import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Addon } from "./managed/addon";
import type { AddonVersion } from "./managed/addon-version";
import type { HelmValues } from "../../../kubernetes/helm/helm-values";
import type { IEksCluster } from "../cluster/eks-cluster";
import { ManagedAddon } from "./managed/managed-addon";

/** Properties of {@link MetricsServer}. */
export interface MetricsServerProps {
  /** Cluster that runs the add-on. */
  readonly cluster: IEksCluster;
  /** Version of the add-on. @default - the EKS default for the cluster's version */
  readonly version?: AddonVersion;
  /** Configuration by the schema of the add-on: `aws eks describe-addon-configuration`. @default - the add-on's defaults */
  readonly configuration?: HelmValues;
  /** Resources to create before and to destroy after the add-on. @default - only nodes */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines the metrics server of a cluster: the source of CPU and memory usage for horizontal pod autoscalers and `kubectl top`.
 *
 * Creates the community add-on `metrics-server`, which EKS maintains. Free of charge.
 *
 * @example
 * const metrics = new MetricsServer(this, "MetricsServer", { cluster });
 */
export class MetricsServer extends Construct implements ITerraformDependable {
  /** For `dependsOn` of pod autoscalers. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: MetricsServerProps) {
    super(scope, id);
    const addon = new ManagedAddon(this, "Addon", { ...props, addon: Addon.METRICS_SERVER });
    this.node.defaultChild = addon.node.defaultChild;
    this.fqn = addon.fqn;
  }
}
