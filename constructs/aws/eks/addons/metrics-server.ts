import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Addon } from "./managed/addon";
import type { AddonVersion } from "./managed/addon-version";
import type { IEksCluster } from "../cluster/eks-cluster";
import { ManagedAddon } from "./managed/managed-addon";

export interface MetricsServerProps {
  readonly cluster: IEksCluster;
  /** Which build runs. @default - EKS's default for the cluster's version */
  readonly version?: AddonVersion;
  /** What has to stand before, and goes after. @default - nothing beyond nodes */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines where a cluster's pod autoscalers, and `kubectl top`, read how busy pods are.
 *
 * Creates the community add-on `metrics-server`, which EKS keeps current. Free of charge.
 *
 * @example
 * const metrics = new MetricsServer(this, "MetricsServer", { cluster });
 */
export class MetricsServer extends Construct implements ITerraformDependable {
  /** For `dependsOn`: pod autoscalers. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: MetricsServerProps) {
    super(scope, id);
    const addon = new ManagedAddon(this, "Addon", { ...props, addon: Addon.METRICS_SERVER });
    this.node.defaultChild = addon.node.defaultChild;
    this.fqn = addon.fqn;
  }
}
