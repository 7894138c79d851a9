import { EksNodeGroup, type EksNodeGroupConfig } from "@cdktf/provider-aws/lib/eks-node-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../../core/defined";
import { Name } from "../../../core/name";
import { Size } from "../../../core/size";
import { ManagedPolicy } from "../../iam/managed-policy";
import { type IRole, Role } from "../../iam/role";
import { TrustPolicy } from "../../iam/trust-policy";
import type { INetwork } from "../../network/network";
import type { ISubnet } from "../../network/subnet";
import type { Tier } from "../../network/tier";
import { ownedByAutoscaler } from "./autoscaler-owned";
import { AutoscalerTags } from "./autoscaler-tags";
import { NODE_GROUP_NAME, NODE_GROUP_PREFIX } from "../cluster/cluster-name";
import type { IEksCluster } from "../cluster/eks-cluster";
import { Disk } from "../../compute/disk";
import type { KubernetesVersion } from "../versions/kubernetes-version";
import { ClusterDependencies } from "../cluster/cluster-dependencies";
import { egressDependencies } from "../cluster/network-dependencies";
import { checkNodeGroup } from "./node-group-checks";
import { NodeImage } from "./node-image";
import type { NodePolicy } from "./node-policy";
import { NodeTemplate } from "./node-template";
import { Purchase } from "../../compute/purchase";
import type { Scaling } from "./scaling";
import type { Taint } from "./taint";

/** A group of nodes of a cluster. */
export interface INodeGroup {
  /** Name of the node group. */
  readonly nodeGroupName: string;
  /** Name of its Auto Scaling group. */
  readonly autoScalingGroupName: string;
  /** Role of the nodes. */
  readonly role: IRole;
}

/** Properties of {@link NodeGroup}. */
export interface NodeGroupProps {
  /** Cluster that the nodes join. */
  readonly cluster: IEksCluster;
  /** Network of the nodes. */
  readonly network: INetwork;
  /** Instance types; the first is preferred. Several types reduce interruptions of spot nodes. */
  readonly instanceTypes: readonly [string, ...string[]];
  /** Number of nodes. */
  readonly scaling: Scaling;
  /** Network tier of the nodes, without a route to an internet gateway. @default "private" */
  readonly tier?: Tier | string;
  /** Operating system. @default - Amazon Linux 2023 for the architecture and the accelerator of the first instance type */
  readonly image?: NodeImage;
  /** Volume of each node: gp3, encrypted; a size, or `Disk.of()` with IOPS, throughput and a key. @default - 50 GiB */
  readonly disk?: Size | Disk;
  /** On-demand or spot instances. @default - on demand */
  readonly purchase?: Purchase;
  /** Kubernetes labels of the nodes. @default - the labels that EKS sets */
  readonly labels?: Readonly<Record<string, string>>;
  /** Kubernetes taints of the nodes. @default - none */
  readonly taints?: readonly Taint[];
  /**
   * Exact name. Replacing such a group deletes the old one before the new one is created.
   * @default - a prefix derived from the construct path and a generated suffix, so that a replacement is created first
   */
  readonly nodeGroupName?: string;
  /** Permissions of whole nodes, in addition to joining and pulling images. @default - none: pods have their own roles */
  readonly nodePolicies?: readonly NodePolicy[];
  /** Number of nodes that an update replaces at the same time, 1 to 100. @default 1 */
  readonly maxUnavailable?: number;
  /** Kubernetes version of the nodes. @default - the version of the control plane; no other is accepted */
  readonly version?: KubernetesVersion;
  /** Resources to create before the nodes and to destroy after them. @default - only those of the network */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a managed node group: machines for pods, which EKS starts, drains and replaces.
 *
 * Creates a role, a launch template (encrypted volume, IMDSv2 with hop limit 1), the managed node group, and on its Auto Scaling
 * group the tags by which the cluster autoscaler discovers it.
 *
 * Cost: the instances and their volumes.
 *
 * Errors: EKS005 to EKS008, EKS011, EKS012, EKS018 to EKS020, EKS022, EKS024, EKS026, EKS027, NAM001, NAM002.
 *
 * @example
 * cluster.addNodeGroup("General", { instanceTypes: ["m7g.large"], scaling: Scaling.between(2, 10) });
 */
export class NodeGroup extends Construct implements INodeGroup, ITerraformDependable {
  /** Name of the node group. */
  readonly nodeGroupName: string;
  readonly autoScalingGroupName: string;
  /** Role of the nodes. */
  readonly role: IRole;
  /** Names of the zones of its subnets, such as `ap-northeast-2a`. */
  readonly zoneNames: readonly string[];
  /** For `dependsOn` of resources that run on the nodes. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { cluster, network, instanceTypes, disk = Size.gibibytes(50), scaling, taints = [] } = props;
    const image = props.image ?? NodeImage.for(instanceTypes[0]);
    const subnets = network.subnetsOf(props.tier ?? "private");
    checkNodeGroup(this, props, { image, subnets });

    this.role = this.createRole(cluster, props.nodePolicies ?? []);
    const template = new NodeTemplate(this, "Template", { image, disk: Disk.from(disk) });
    const group = this.createGroup(props, { image, subnets, template });
    this.node.defaultChild = group;
    this.nodeGroupName = group.nodeGroupName;
    this.autoScalingGroupName = group.resources.get(0).autoscalingGroups.get(0).name;
    this.zoneNames = [...new Set(subnets.map(({ zone }) => cluster.region.zone(zone)))];
    this.fqn = group.fqn;
    ClusterDependencies.of(cluster).addNodes(this);
    if (scaling.isAutoscaled)
      new AutoscalerTags(this, "autoscaler", {
        clusterName: cluster.clusterName,
        autoScalingGroupName: this.autoScalingGroupName,
        labels: props.labels ?? {},
        taints,
      });
  }

  private createRole(cluster: IEksCluster, nodePolicies: readonly NodePolicy[]): Role {
    const { partition } = cluster.region;
    const role = new Role(this, "Role", {
      trust: TrustPolicy.service("ec2.amazonaws.com"),
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

  private createGroup(
    props: NodeGroupProps,
    parts: { readonly image: NodeImage; readonly subnets: readonly ISubnet[]; readonly template: NodeTemplate },
  ): EksNodeGroup {
    const { cluster, scaling, purchase = Purchase.onDemand() } = props;
    return new EksNodeGroup(this, "Resource", {
      ...this.naming(props.nodeGroupName),
      clusterName: cluster.clusterName,
      version: (props.version ?? cluster.version).minor,
      nodeRoleArn: this.role.roleArn,
      subnetIds: parts.subnets.map((subnet) => subnet.subnetId),
      amiType: parts.image.amiType,
      capacityType: purchase.capacityType,
      instanceTypes: [...props.instanceTypes],
      launchTemplate: { id: parts.template.templateId, version: parts.template.version },
      scalingConfig: { minSize: scaling.min, maxSize: scaling.max, desiredSize: scaling.desired },
      updateConfig: { maxUnavailable: props.maxUnavailable ?? 1 },
      ...marksOf(props),
      lifecycle: {
        ...(scaling.isAutoscaled ? ownedByAutoscaler(this) : {}),
        ...defined({ createBeforeDestroy: props.nodeGroupName === undefined ? true : undefined }),
      },
      // On destroy the same edges keep routes, NAT and add-ons until the last node has been drained.
      dependsOn: [
        ...this.role.permissions,
        ...egressDependencies(props.network, parts.subnets),
        ...ClusterDependencies.of(cluster).beforeNodes,
        ...(props.dependsOn ?? []),
      ],
    });
  }

  private naming(given: string | undefined): { nodeGroupName: string } | { nodeGroupNamePrefix: string } {
    if (given !== undefined) return { nodeGroupName: Name.check(given, NODE_GROUP_NAME, this) };
    return { nodeGroupNamePrefix: `${Name.of(this).prefix(NODE_GROUP_PREFIX)}-` };
  }
}

/** Labels and taints as arguments of the resource; empty ones are omitted. */
function marksOf({ labels = {}, taints = [] }: NodeGroupProps): Pick<EksNodeGroupConfig, "labels" | "taint"> {
  return defined({
    labels: Object.keys(labels).length === 0 ? undefined : { ...labels },
    taint: taints.length === 0 ? undefined : taints.map(({ key, value = "", effect }) => ({ key, value, effect })),
  });
}
