import { Addon, EksCluster, type IdentityBinding, type IEksCluster, ManagedAddon } from "@groundwork/constructs/aws";
import {
  CertManager,
  ClusterAutoscaler,
  ContainerInsights,
  LoadBalancerController,
  MetricsServer,
} from "@groundwork/constructs/aws/eks/addons";
import { defined } from "@groundwork/constructs/core";
import { type App, TerraformStack } from "cdktf";
import { createBackend } from "./backend";
import { findClusterKey } from "./encryption";
import type { AddonSettings, EksSettings, Environment } from "./environments/environment";
import { findIdentityBinding } from "./identities";
import { createAwsProvider } from "./providers/aws";
import { createHelmProvider } from "./providers/kubernetes";

export interface EksAddonsStackProps {
  readonly environment: Environment;
  readonly eks: EksSettings;
  readonly addons: AddonSettings;
  /** Id of the stack of the cluster. */
  readonly clusterStack: string;
}

/** Controllers and agents of the cluster, which is found by name: no provider is configured from a resource of the same apply. */
export class EksAddonsStack extends TerraformStack {
  constructor(app: App, id: string, props: EksAddonsStackProps) {
    super(app, id);
    const { environment, eks } = props;
    const { clusterName, region, cluster: settings } = eks;
    createBackend(this, environment);
    createAwsProvider(this, environment, region);
    const cluster = EksCluster.fromName(this, "Cluster", { clusterName, region, version: settings.version });
    createHelmProvider(this, environment, cluster);

    const identity = findIdentityBinding(this, eks, cluster);
    this.createLoadBalancerController(cluster, props, identity);
    // In this stack, because in the `eks` stack every later stack would have to wait for it.
    new ManagedAddon(this, "EbsCsiDriver", { cluster, addon: Addon.EBS_CSI_DRIVER, identity });
    new ClusterAutoscaler(this, "ClusterAutoscaler", { cluster, identity });
    this.createContainerInsights(cluster, props, identity);
    new MetricsServer(this, "MetricsServer", { cluster });
  }

  private createLoadBalancerController(
    cluster: IEksCluster,
    { environment, addons }: EksAddonsStackProps,
    identity: IdentityBinding,
  ): void {
    const certManager = this.createCertManager(cluster, addons);
    if (addons.loadBalancerController === undefined) return;
    new LoadBalancerController(this, "LoadBalancerController", {
      ...defined({ ...addons.loadBalancerController, certManager }),
      cluster,
      identity,
      defaultTags: { Environment: environment.name, Stack: this.node.id },
    });
  }

  private createCertManager(cluster: IEksCluster, { certManager: release }: AddonSettings): CertManager | undefined {
    return release === undefined ? undefined : new CertManager(this, "CertManager", { cluster, release });
  }

  private createContainerInsights(
    cluster: IEksCluster,
    { environment, addons, ...clusterProps }: EksAddonsStackProps,
    identity: IdentityBinding,
  ): void {
    if (addons.containerInsights === undefined) return;
    const { retentionDays: retention, fluentBitPort, enhancedMetrics } = addons.containerInsights;
    const encryptionKey = findClusterKey(this, environment, clusterProps);
    new ContainerInsights(this, "ContainerInsights", {
      cluster,
      identity,
      retention,
      enhancedMetrics,
      ...defined({ fluentBitPort, encryptionKey }),
    });
  }
}
