import { Addon } from "@groundwork/constructs/aws/eks/addon";
import { CertManager } from "@groundwork/constructs/aws/eks/addons/cert-manager";
import { ClusterAutoscaler } from "@groundwork/constructs/aws/eks/addons/cluster-autoscaler";
import { ContainerInsights } from "@groundwork/constructs/aws/eks/addons/container-insights";
import { LoadBalancerController } from "@groundwork/constructs/aws/eks/addons/load-balancer-controller";
import { MetricsServer } from "@groundwork/constructs/aws/eks/addons/metrics-server";
import { EksCluster } from "@groundwork/constructs/aws/eks/eks-cluster";
import type { IEksCluster } from "@groundwork/constructs/aws/eks/eks-cluster";
import type { IdentityBinding } from "@groundwork/constructs/aws/eks/identity-binding";
import { ManagedAddon } from "@groundwork/constructs/aws/eks/managed-addon";
import type { App } from "cdktf";
import { TerraformStack } from "cdktf";
import { makeBackend } from "./backend";
import { findClusterKey } from "./encryption";
import type { Environment } from "./environments/environment";
import { defined } from "./environments/values";
import { findIdentityBinding } from "./identities";
import { makeAwsProvider } from "./providers/aws";
import { makeHelmProvider } from "./providers/kubernetes";

/** What runs in the cluster beside the application. It finds the cluster by name: no provider is fed by its own apply. */
export class EksAddonsStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-eks-addons`);
    const { clusterName, region, cluster: settings, addons } = environment.eks;
    makeBackend(this, environment);
    makeAwsProvider(this, environment, region);
    const cluster = EksCluster.fromName(this, "Cluster", { clusterName, region, version: settings.version });
    makeHelmProvider(this, environment, cluster);

    const identity = findIdentityBinding(this, environment, cluster);
    const certManager = this.makeCertManager(cluster, environment);
    const tags = { Environment: environment.name, Stack: this.node.id };
    new LoadBalancerController(this, "LoadBalancerController", {
      ...defined(addons.loadBalancerController),
      ...defined({ certManager }),
      cluster,
      identity,
      defaultTags: tags,
    });
    // Here and not beside the cluster: nothing in that stack waits for it, and every later stack would wait longer.
    new ManagedAddon(this, "EbsCsiDriver", { cluster, addon: Addon.EBS_CSI_DRIVER, identity });
    new ClusterAutoscaler(this, "ClusterAutoscaler", { cluster, identity });
    this.makeContainerInsights(cluster, environment, identity);
    new MetricsServer(this, "MetricsServer", { cluster });
  }

  private makeCertManager(cluster: IEksCluster, { eks }: Environment): CertManager | undefined {
    const { certManager: release } = eks.addons;
    return release === undefined ? undefined : new CertManager(this, "CertManager", { cluster, release });
  }

  private makeContainerInsights(cluster: IEksCluster, environment: Environment, identity: IdentityBinding): void {
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
