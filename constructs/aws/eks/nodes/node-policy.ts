import type { IGrantee } from "../../iam/grantee";
import { ManagedPolicy } from "../../iam/managed-policy";
import type { Statement } from "../../iam/statement";
import { autoscalerStatements } from "../addons/cluster-autoscaler-policy";
import { loadBalancerControllerStatements } from "../addons/load-balancer/load-balancer-controller-policy-v2.13.3";

/** The cluster that permissions are about. */
interface Place {
  readonly clusterName: string;
  readonly partition: "aws" | "aws-cn" | "aws-us-gov";
}

/**
 * Defines a right of whole nodes: of every pod that reaches their metadata. What eksctl attaches by `withAddonPolicies`.
 *
 * Each has a narrower place, named in its comment. With the hop limit of one that node groups have, ordinary pods cannot
 * use a node's rights at all; only pods on the host's network can.
 *
 * @example cluster.addNodeGroup("Nodes", { ...props, nodePolicies: [NodePolicy.CLOUD_WATCH] })
 */
export class NodePolicy {
  /** Push images to every repository. Narrower: `repository.grants.push(pipelineRole)`. */
  static readonly IMAGE_BUILDER = NodePolicy.managed("AmazonEC2ContainerRegistryPowerUser");
  /** Make load balancers. Narrower: the identity of `LoadBalancerController`. */
  static readonly LOAD_BALANCER_CONTROLLER = new NodePolicy(undefined, ({ partition }) =>
    loadBalancerControllerStatements(partition),
  );
  /** Write metrics and logs. Narrower: the identity of `ContainerInsights`. */
  static readonly CLOUD_WATCH = NodePolicy.managed("CloudWatchAgentServerPolicy");
  /** Resize this cluster's node groups. Narrower: the identity of `ClusterAutoscaler`. */
  static readonly AUTO_SCALER = new NodePolicy(undefined, ({ clusterName }) => autoscalerStatements(clusterName));
  /** Make and attach volumes. Narrower: the identity of the add-on `Addon.EBS_CSI_DRIVER`. */
  static readonly EBS = NodePolicy.managed("service-role/AmazonEBSCSIDriverPolicy");

  private static managed(name: string): NodePolicy {
    return new NodePolicy(name, () => []);
  }

  private constructor(
    private readonly managedName: string | undefined,
    private readonly statements: (place: Place) => readonly Statement[],
  ) {}

  /** The policy of AWS's that it is, where it is one. */
  managedIn(partition: Place["partition"]): readonly ManagedPolicy[] {
    return this.managedName === undefined ? [] : [ManagedPolicy.ofAws(this.managedName, partition)];
  }

  /** Gives a role what is not a policy of AWS's. */
  grant(grantee: IGrantee, place: Place): void {
    const statements = this.statements(place);
    if (statements.length > 0) grantee.addToPolicy(...statements);
  }
}
