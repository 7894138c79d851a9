import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../../core/defined";
import { Duration } from "../../../core/duration";
import { Violations } from "../../../core/violation";
import { HelmRelease } from "../../../kubernetes/helm/helm-release";
import type { HelmValues } from "../../../kubernetes/helm/helm-values";
import { AUTOSCALER_CHART } from "../versions/version-matrix";
import type { IEksCluster } from "../cluster/eks-cluster";
import type { IdentityBinding } from "../access/identity-binding";
import { WorkloadIdentity } from "../access/workload-identity";
import { chartDependencies } from "./chart-dependencies";
import { autoscalerStatements } from "./cluster-autoscaler-policy";
import { mergedValues } from "./merged-values";
import { replicaViolations } from "./replica-violations";
import { ADD007 } from "./rules";

const NAME = "cluster-autoscaler";
const NAMESPACE = "kube-system";

/** Properties of {@link ClusterAutoscaler}. */
export interface ClusterAutoscalerProps {
  /** Imported cluster, `EksCluster.fromName()`. */
  readonly cluster: IEksCluster;
  /** Image tag, of the cluster's minor version. @default - the latest patch in the version table */
  readonly imageTag?: string;
  /** How its pods assume their role. @default - EKS Pod Identity */
  readonly identity?: IdentityBinding;
  /** Number of replicas; one of them is active. @default 2 */
  readonly replicas?: number;
  /** Time after which an unneeded node is removed. @default - 10 minutes */
  readonly unneededFor?: Duration;
  /** Further values of the chart, which take precedence over those of this construct. @default - none */
  readonly values?: HelmValues;
  /** Resources to create before and to destroy after the autoscaler. @default - only cluster and identity */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines the cluster autoscaler, which adds nodes for pending pods and removes unneeded nodes.
 *
 * Creates a role that can resize only the groups of this cluster, and the Helm release with an image of the cluster's minor version.
 * It discovers groups by the tags of every elastic `NodeGroup`. Free of charge; the nodes it adds are not.
 *
 * Errors: ADD001, ADD007, ADD012.
 *
 * @example new ClusterAutoscaler(this, "Autoscaler", { cluster })
 */
export class ClusterAutoscaler extends Construct implements ITerraformDependable {
  /** Identity of the controller. */
  readonly identity: WorkloadIdentity;
  /** For `dependsOn`. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: ClusterAutoscalerProps) {
    super(scope, id);
    const { cluster, identity } = props;
    const imageTag = props.imageTag ?? cluster.version.autoscalerImage;
    this.rejectOtherMinor(imageTag, cluster);
    Violations.throwIfAny(replicaViolations(this, props.replicas));
    const needs = chartDependencies(this, cluster);
    this.identity = new WorkloadIdentity(this, "Identity", {
      cluster,
      namespace: NAMESPACE,
      serviceAccount: NAME,
      ...defined({ binding: identity }),
    });
    this.identity.addToPolicy(...autoscalerStatements(cluster.clusterName));
    const chart = new HelmRelease(this, "Release", {
      name: NAME,
      repository: "https://kubernetes.github.io/autoscaler",
      chart: NAME,
      version: AUTOSCALER_CHART,
      namespace: NAMESPACE,
      values: mergedValues(this.values(props, imageTag), props.values ?? {}),
      dependsOn: [...needs, ...this.identity.permissions, ...(props.dependsOn ?? [])],
    });
    this.node.defaultChild = chart.node.defaultChild;
    this.fqn = chart.fqn;
  }

  private values({ cluster, replicas = 2, unneededFor }: ClusterAutoscalerProps, tag: string): HelmValues {
    const unneeded = `${(unneededFor ?? Duration.minutes(10)).toSeconds()}s`;
    return {
      cloudProvider: "aws",
      awsRegion: cluster.region.name,
      autoDiscovery: { clusterName: cluster.clusterName },
      image: { tag },
      rbac: { serviceAccount: { create: true, name: NAME, annotations: this.identity.annotations } },
      replicaCount: replicas,
      extraArgs: {
        "balance-similar-node-groups": true,
        expander: "least-waste",
        "scale-down-unneeded-time": unneeded,
        "skip-nodes-with-system-pods": false,
      },
      resources: { requests: { cpu: "100m", memory: "300Mi" }, limits: { memory: "600Mi" } },
      containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
    };
  }

  private rejectOtherMinor(tag: string, { version }: IEksCluster): void {
    if (tag.startsWith(`v${version.minor}.`) && /^[\w.-]{1,128}$/.test(tag)) return;
    throw ADD007.violation({
      at: this,
      given: `autoscaler ${tag} in a cluster of version ${version.minor}`,
      fix: `use ${version.autoscalerImage}`,
    });
  }
}
