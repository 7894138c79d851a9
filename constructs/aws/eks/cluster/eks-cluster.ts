import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { Name } from "../../../core/name";
import { KeyUse } from "../../encryption/key-use";
import { ManagedPolicy } from "../../iam/managed-policy";
import { Role } from "../../iam/role";
import { Trust } from "../../iam/trust";
import type { INetwork } from "../../network/network";
import type { Tier } from "../../network/tier";
import { AwsProviderVersion } from "../../provider-version";
import type { Region } from "../../region";
import type { AccessEntryProps } from "../access/access-entry";
import { AccessEntry } from "../access/access-entry";
import type { AddonVersion } from "../addons/managed/addon-version";
import { Addon } from "../addons/managed/addon";
import { checkCluster, resourcesBeforeCluster } from "./cluster-checks";
import { ClusterLogs, LOG_TYPES } from "./cluster-logs";
import { CLUSTER_NAME } from "./cluster-name";
import { ClusterDependencies } from "./cluster-dependencies";
import { Endpoint } from "./endpoint";
import type { ClusterLookup } from "./imported-cluster";
import { ImportedCluster } from "./imported-cluster";
import type { KubernetesVersion } from "../versions/kubernetes-version";
import { ManagedAddon } from "../addons/managed/managed-addon";
import { associationsOf } from "./network-dependencies";
import type { NodeGroupProps } from "../nodes/node-group";
import { NodeGroup } from "../nodes/node-group";
import { SecretsEncryption } from "./secrets-encryption";
import { Support } from "./support";

/** A Kubernetes cluster, made here or elsewhere. */
export interface IEksCluster extends IConstruct {
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly version: KubernetesVersion;
  readonly region: Region;
  /** The VPC it stands in. */
  readonly networkId: string;
  /** Address of the API server, `https://…`. */
  readonly endpoint: string;
  /** Certificate of the authority that vouches for the API server, in base64. */
  readonly certificateAuthority: string;
  /** Address of the issuer of service account tokens, `https://…`. */
  readonly oidcIssuer: string;
  /** Group that control plane and nodes are members of. */
  readonly securityGroupId: string;
  /** Whether the cluster stood before this apply. */
  readonly isImported: boolean;
  /** What has been made in it here, for the order of what comes later. */
  readonly roster: ClusterDependencies;
}

/** Add-ons that every cluster has. */
export type CoreAddon = "vpc-cni" | "kube-proxy" | "eks-pod-identity-agent" | "coredns";

export interface EksClusterProps {
  /** Network of the control plane and the nodes. */
  readonly network: INetwork;
  readonly version: KubernetesVersion;
  /** Physical name. @default - made from the construct path */
  readonly clusterName?: string;
  /** Tier of the network, in at least two zones. @default "private" */
  readonly tier?: Tier | string;
  /** From where the API server can be reached. @default - from the network only */
  readonly endpoint?: Endpoint;
  /** Whose key encrypts secrets. @default - a key of the cluster's own */
  readonly secretsEncryption?: SecretsEncryption;
  /** Where the control plane's records go. @default - a log group of the cluster's own, kept for a year */
  readonly logs?: ClusterLogs;
  /** What happens when standard support ends. @default - extended support, which costs */
  readonly support?: Support;
  /** Versions of the add-ons that every cluster has, by name. @default - EKS's defaults for the cluster's version */
  readonly addonVersions?: Readonly<Partial<Record<CoreAddon, AddonVersion>>>;
  /** Whether EKS refuses to delete the cluster. Needs AWS provider 6.9. @default false */
  readonly deletionProtection?: boolean;
  /** Day that support is judged by, `2026-11-24`. @default - the day the table of versions was last reviewed */
  readonly today?: string;
}

/**
 * Defines a Kubernetes cluster on Amazon EKS: a control plane, and the add-ons that nodes need before they come.
 *
 * Creates the control plane's role, the log group of its five kinds of records, a key for its secrets, the cluster, and the
 * add-ons vpc-cni, kube-proxy and eks-pod-identity-agent; coredns with the first node group. Nobody is let in but by
 * `addAccess`, not even who made it.
 *
 * Cost: ten cents an hour, fifty more in extended support; logs by the gigabyte; a dollar a month for the key.
 *
 * Errors: EKS002, EKS004, EKS005, EKS013, ADD001, NAM001, AWS003.
 *
 * @example
 * const cluster = new EksCluster(this, "Cluster", { network, version: KubernetesVersion.V1_35 });
 * cluster.addAccess("Platform", { principalArn: platformRoleArn, policies: [AccessPolicy.clusterAdmin()] });
 * cluster.addNodeGroup("General", { instanceTypes: ["m7g.large"], scaling: Scaling.between(2, 10) });
 */
export class EksCluster extends Construct implements IEksCluster {
  /** A cluster that exists, by its name: what add-ons and workloads of other stacks stand on. */
  static fromName(scope: Construct, id: string, lookup: ClusterLookup): IEksCluster {
    return new ImportedCluster(scope, id, lookup);
  }

  readonly clusterName: string;
  readonly clusterArn: string;
  readonly version: KubernetesVersion;
  readonly region: Region;
  readonly networkId: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly oidcIssuer: string;
  readonly securityGroupId: string;
  readonly isImported = false;
  readonly roster = new ClusterDependencies();
  private readonly network: INetwork;
  private readonly addonVersions: Readonly<Record<string, AddonVersion>>;

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    checkCluster(this, props);
    this.node.addValidation({ validate: () => resourcesBeforeCluster(this) });
    this.version = props.version;
    this.network = props.network;
    this.region = props.network.zones.region;
    this.networkId = props.network.networkId;
    this.addonVersions = props.addonVersions ?? {};
    const name =
      props.clusterName === undefined
        ? Name.of(this).fit(CLUSTER_NAME)
        : Name.check(props.clusterName, CLUSTER_NAME, this);

    const resource = this.makeCluster(name, props);
    this.node.defaultChild = resource;
    this.clusterName = resource.name;
    this.clusterArn = resource.arn;
    this.endpoint = resource.endpoint;
    this.certificateAuthority = resource.certificateAuthority.get(0).data;
    this.oidcIssuer = resource.identity.get(0).oidc.get(0).issuer;
    this.securityGroupId = resource.vpcConfig.clusterSecurityGroupId;
    for (const addon of [Addon.VPC_CNI, Addon.KUBE_PROXY, Addon.POD_IDENTITY_AGENT]) this.addAddon(addon);
  }

  /** Lets somebody in. */
  addAccess(id: string, props: Omit<AccessEntryProps, "cluster">): AccessEntry {
    return new AccessEntry(this, id, { ...props, cluster: this });
  }

  /** Adds machines for pods; with the first of them comes the cluster's DNS. */
  addNodeGroup(id: string, props: Omit<NodeGroupProps, "cluster" | "network">): NodeGroup {
    const group = new NodeGroup(this, id, { ...props, cluster: this, network: this.network });
    if (this.roster.addon(Addon.COREDNS.name).length === 0) this.addAddon(Addon.COREDNS);
    return group;
  }

  private addAddon(addon: Addon): void {
    const version = this.addonVersions[addon.name];
    new ManagedAddon(this, addon.name, { cluster: this, addon, ...(version === undefined ? {} : { version }) });
  }

  private makeCluster(name: string, props: EksClusterProps): EksClusterResource {
    const { network, tier = "private", endpoint = Endpoint.private(), support = Support.extended() } = props;
    const subnets = network.subnetsOf(tier);
    const key = (props.secretsEncryption ?? SecretsEncryption.keyOfItsOwn()).keyIn(this);
    const role = new Role(this, "Role", {
      trust: Trust.service("eks.amazonaws.com"),
      managedPolicies: [ManagedPolicy.ofAws("AmazonEKSClusterPolicy", network.zones.region.partition)],
    });
    const isPublic = endpoint.publicBlocks.length > 0;
    if (props.deletionProtection === true) AwsProviderVersion.demand(this, "6.9", "deletionProtection");
    return new EksClusterResource(this, "Resource", {
      name,
      version: props.version.minor,
      roleArn: role.roleArn,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: [...LOG_TYPES],
      upgradePolicy: { supportType: support.supportType },
      vpcConfig: {
        subnetIds: subnets.map((subnet) => subnet.subnetId),
        endpointPrivateAccess: true,
        endpointPublicAccess: isPublic,
        ...(isPublic ? { publicAccessCidrs: [...endpoint.publicBlocks] } : {}),
      },
      ...(key === undefined ? {} : { encryptionConfig: { provider: { keyArn: key.keyArn }, resources: ["secrets"] } }),
      ...(props.deletionProtection === true ? { deletionProtection: true } : {}),
      // Not the routes: a control plane needs no way out, and NAT gateways would hold it up for two minutes.
      dependsOn: [...role.permissions, ...this.makeLogGroup(name, props.logs), ...associationsOf(subnets)],
    });
  }

  private makeLogGroup(name: string, logs = ClusterLogs.kept()): readonly ITerraformDependable[] {
    const { retention, encryptionKey } = logs;
    if (retention === undefined) return [];
    const group = `/aws/eks/${name}/cluster`;
    encryptionKey?.allow(KeyUse.cloudWatchLogs(group));
    return [
      new CloudwatchLogGroup(this, "LogGroup", {
        name: group,
        retentionInDays: retention.toDays(),
        ...(encryptionKey === undefined ? {} : { kmsKeyId: encryptionKey.keyArn }),
      }),
    ];
  }
}
