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
import type { Environment } from "./environments/environment";
import { findIdentityBinding } from "./identities";
import { createAwsProvider } from "./providers/aws";
import { createHelmProvider } from "./providers/kubernetes";

/** Controllers and agents of the cluster, which is found by name: no provider is configured from a resource of the same apply. */
export class EksAddonsStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-eks-addons`);
    const { clusterName, region, cluster: settings, addons } = environment.eks;
    createBackend(this, environment);
    createAwsProvider(this, environment, region);
    const cluster = EksCluster.fromName(this, "Cluster", { clusterName, region, version: settings.version });
    createHelmProvider(this, environment, cluster);

    const identity = findIdentityBinding(this, environment, cluster);
    const certManager = this.createCertManager(cluster, environment);
    const tags = { Environment: environment.name, Stack: this.node.id };
    new LoadBalancerController(this, "LoadBalancerController", {
      ...defined({ ...addons.loadBalancerController, certManager }),
      cluster,
      identity,
      defaultTags: tags,
    });
    // In this stack, because in the `eks` stack every later stack would have to wait for it.
    new ManagedAddon(this, "EbsCsiDriver", { cluster, addon: Addon.EBS_CSI_DRIVER, identity });
    new ClusterAutoscaler(this, "ClusterAutoscaler", { cluster, identity });
    this.createContainerInsights(cluster, environment, identity);
    new MetricsServer(this, "MetricsServer", { cluster });
  }

  private createCertManager(cluster: IEksCluster, { eks }: Environment): CertManager | undefined {
    const { certManager: release } = eks.addons;
    return release === undefined ? undefined : new CertManager(this, "CertManager", { cluster, release });
  }

  private createContainerInsights(cluster: IEksCluster, environment: Environment, identity: IdentityBinding): void {
    const { retentionDays: retention, fluentBitPort, enhancedMetrics } = environment.eks.addons.containerInsights;
    const encryptionKey = findClusterKey(this, environment);
    new ContainerInsights(this, "ContainerInsights", {
      cluster,
      identity,
      retention,
      enhancedMetrics,
      ...defined({ fluentBitPort, encryptionKey }),
    });
  }
}
