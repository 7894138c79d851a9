import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import { Size } from "../../../core/size";
import { ManagedPolicy } from "../../iam/managed-policy";
import type { IRole } from "../../iam/role";
import { Role } from "../../iam/role";
import { Trust } from "../../iam/trust";
import type { INetwork } from "../../network/network";
import type { ISubnet } from "../../network/subnet";
import type { Tier } from "../../network/tier";
import { AutoscalerTags } from "./autoscaler-tags";
import { NODE_GROUP_NAME, NODE_GROUP_PREFIX } from "../cluster/cluster-name";
import type { IEksCluster } from "../cluster/eks-cluster";
import { architectureOf } from "./instance-type";
import type { KubernetesVersion } from "../versions/kubernetes-version";
import { egressDependencies } from "../cluster/network-dependencies";
import { checkNodeGroup } from "./node-group-checks";
import { NodeImage } from "./node-image";
import type { NodePolicy } from "./node-policy";
import { NodeTemplate } from "./node-template";
import { Purchase } from "./purchase";
import type { Scaling } from "./scaling";
import type { Taint } from "./taint";

/** Machines of a cluster. */
export interface INodeGroup {
  readonly nodeGroupName: string;
  /** The Auto Scaling group behind it. */
  readonly autoScalingGroupName: string;
  readonly role: IRole;
}

export interface NodeGroupProps {
  readonly cluster: IEksCluster;
  readonly network: INetwork;
  /** Instance types; the first is preferred. Several make spot nodes last longer. */
  readonly instanceTypes: readonly [string, ...string[]];
  /** How many nodes there are. */
  readonly scaling: Scaling;
  /** Tier of the network the nodes stand in. @default "private" */
  readonly tier?: Tier | string;
  /** Operating system. @default - Amazon Linux 2023 for the processor of the first instance type */
  readonly image?: NodeImage;
  /** Volume of each node: gp3, encrypted. @default - 50 GiB */
  readonly disk?: Size;
  /** How nodes are paid for. @default - on demand */
  readonly purchase?: Purchase;
  /** Labels of the nodes in Kubernetes. @default - EKS's own */
  readonly labels?: Readonly<Record<string, string>>;
  /** What keeps pods off. @default - nothing */
  readonly taints?: readonly Taint[];
  /**
   * Exact name. A group that has to be replaced then goes before the new one comes.
   * @default - begins with the construct's path and ends in digits, so that the new one comes first
   */
  readonly nodeGroupName?: string;
  /** Rights of whole nodes, beyond joining and pulling images. @default - none: pods have roles of their own */
  readonly nodePolicies?: readonly NodePolicy[];
  /** Version of the nodes. @default - the control plane's; no other is accepted */
  readonly version?: KubernetesVersion;
  /** What has to stand before nodes come, and goes after them. @default - nothing beyond the network's own */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines machines for the pods of a cluster, which EKS starts, drains and replaces.
 *
 * Creates a role, a launch template (encrypted volume, metadata by token and for the node alone), the managed node group,
 * and on its Auto Scaling group the tags by which the cluster autoscaler finds it.
 *
 * Cost: the machines and their volumes.
 *
 * Errors: EKS005 to EKS008, EKS011, EKS012, NAM001.
 *
 * @example
 * cluster.addNodeGroup("General", { instanceTypes: ["m7g.large"], scaling: Scaling.between(2, 10) });
 */
export class NodeGroup extends Construct implements INodeGroup, ITerraformDependable {
  readonly nodeGroupName: string;
  readonly autoScalingGroupName: string;
  readonly role: IRole;
  /** For `dependsOn`: what runs on the nodes. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { cluster, network, instanceTypes, disk = Size.gibibytes(50), scaling, taints = [] } = props;
    const image = props.image ?? NodeImage.al2023(architectureOf(instanceTypes[0]));
    const subnets = network.subnetsOf(props.tier ?? "private");
    checkNodeGroup(this, props, { image, subnets });

    this.role = this.makeRole(cluster, props.nodePolicies ?? []);
    const template = new NodeTemplate(this, "Template", { image, disk });
    const group = this.makeGroup(props, { image, subnets, template });
    this.node.defaultChild = group;
    this.nodeGroupName = group.nodeGroupName;
    this.autoScalingGroupName = group.resources.get(0).autoscalingGroups.get(0).name;
    this.fqn = group.fqn;
    cluster.roster.addNodes(this);
    if (scaling.isElastic)
      new AutoscalerTags(this, "autoscaler", {
        clusterName: cluster.clusterName,
        autoScalingGroupName: this.autoScalingGroupName,
        labels: props.labels ?? {},
        taints,
      });
  }

  private makeRole(cluster: IEksCluster, nodePolicies: readonly NodePolicy[]): Role {
    const { partition } = cluster.region;
    const role = new Role(this, "Role", {
      trust: Trust.service("ec2.amazonaws.com"),
      managedPolicies: [
        ...["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy"].map((name) =>
          ManagedPolicy.ofAws(name, partition),
        ),
        ManagedPolicy.ofAws("AmazonSSMManagedInstanceCore", partition),
        ...nodePolicies.flatMap((policy) => policy.managedIn(partition)),
      ],
    });
    for (const policy of nodePolicies) policy.grant(role, { clusterName: cluster.clusterName, partition });
    return role;
  }

  private makeGroup(
    props: NodeGroupProps,
    made: { readonly image: NodeImage; readonly subnets: readonly ISubnet[]; readonly template: NodeTemplate },
  ): EksNodeGroup {
    const { cluster, scaling, labels = {}, taints = [], purchase = Purchase.onDemand() } = props;
    return new EksNodeGroup(this, "Resource", {
      ...this.naming(props.nodeGroupName),
      clusterName: cluster.clusterName,
      version: (props.version ?? cluster.version).minor,
      nodeRoleArn: this.role.roleArn,
      subnetIds: made.subnets.map((subnet) => subnet.subnetId),
      amiType: made.image.amiType,
      capacityType: purchase.capacityType,
      instanceTypes: [...props.instanceTypes],
      launchTemplate: { id: made.template.templateId, version: made.template.version },
      scalingConfig: { minSize: scaling.min, maxSize: scaling.max, desiredSize: scaling.desired },
      updateConfig: { maxUnavailable: 1 },
      ...(Object.keys(labels).length === 0 ? {} : { labels: { ...labels } }),
      ...(taints.length === 0 ? {} : { taint: taints.map(({ key, value = "", effect }) => ({ key, value, effect })) }),
      lifecycle: {
        // How many are wanted is the autoscaler's business once the group stands.
        ignoreChanges: ["scaling_config[0].desired_size"],
        ...(props.nodeGroupName === undefined ? { createBeforeDestroy: true } : {}),
      },
      // On the way down the same edges keep routes, NAT and plugins until the last node is drained.
      dependsOn: [
        ...this.role.permissions,
        ...egressDependencies(props.network, made.subnets),
        ...cluster.roster.beforeNodes,
        ...(props.dependsOn ?? []),
      ],
    });
  }

  private naming(given: string | undefined): { nodeGroupName: string } | { nodeGroupNamePrefix: string } {
    if (given !== undefined) return { nodeGroupName: Name.check(given, NODE_GROUP_NAME, this) };
    return { nodeGroupNamePrefix: `${Name.of(this).fit(NODE_GROUP_PREFIX)}-` };
  }
}
