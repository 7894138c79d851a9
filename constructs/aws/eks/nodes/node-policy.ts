import type { IGrantee } from "../../iam/grantee";
import { ManagedPolicy } from "../../iam/managed-policy";
import type { Statement } from "../../iam/statement";
import type { Partition } from "../../partition";
import { autoscalerStatements } from "../addons/cluster-autoscaler-policy";
import { loadBalancerControllerStatements } from "../addons/load-balancer/load-balancer-controller-policy";

/** The cluster to which the permissions apply. */
interface NodeContext {
  readonly clusterName: string;
  readonly partition: Partition;
}

/**
 * Defines permissions of whole nodes, as eksctl attaches them by `withAddonPolicies`: every pod that can reach the node's instance
 * metadata has them.
 *
 * The comment of each policy names a narrower alternative. Node groups set a metadata hop limit of 1, so ordinary pods cannot use
 * the permissions of their node; only pods on the host network can.
 *
 * @example cluster.addNodeGroup("Nodes", { ...props, nodePolicies: [NodePolicy.CLOUD_WATCH] })
 */
export class NodePolicy {
  /** Push images to every repository. Narrower: `repository.grants.push(pipelineRole)`. */
  static readonly IMAGE_BUILDER = NodePolicy.managed("imageBuilder", "AmazonEC2ContainerRegistryPowerUser");
  /** Create load balancers. Narrower: the identity of `LoadBalancerController`. */
  static readonly LOAD_BALANCER_CONTROLLER = new NodePolicy("awsLoadBalancerController", undefined, ({ partition }) =>
    loadBalancerControllerStatements(partition),
  );
  /** Write metrics and logs. Narrower: the identity of `ContainerInsights`. */
  static readonly CLOUD_WATCH = NodePolicy.managed("cloudWatch", "CloudWatchAgentServerPolicy");
  /** Resize this cluster's node groups. Narrower: the identity of `ClusterAutoscaler`. */
  static readonly AUTO_SCALER = new NodePolicy("autoScaler", undefined, ({ clusterName }) =>
    autoscalerStatements(clusterName),
  );
  /** Create and attach volumes. Narrower: the identity of the add-on `Addon.EBS_CSI_DRIVER`. */
  static readonly EBS = NodePolicy.managed("ebs", "service-role/AmazonEBSCSIDriverPolicy");

  private static managed(name: string, managedName: string): NodePolicy {
    return new NodePolicy(name, managedName, () => []);
  }

  private constructor(
    /** Its name in eksctl. */
    readonly name: string,
    private readonly managedName: string | undefined,
    private readonly statements: (context: NodeContext) => readonly Statement[],
  ) {}

  /** The AWS managed policy; empty when the permissions are statements of their own. */
  managedIn(partition: Partition): readonly ManagedPolicy[] {
    return this.managedName === undefined ? [] : [ManagedPolicy.ofAws(this.managedName, partition)];
  }

  /**
   * Adds the statements that are not part of an AWS managed policy to a role.
   * @internal
   */
  grant(grantee: IGrantee, context: NodeContext): void {
    const statements = this.statements(context);
    if (statements.length > 0) grantee.addToPolicy(...statements);
  }
}
