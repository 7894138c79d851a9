import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import type { ITerraformDependable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { defined } from "../../../core/defined";
import { checkStack } from "../../../core/name-claims";
import { Name } from "../../../core/name";
import { KeyUse } from "../../encryption/key-use";
import { ManagedPolicy } from "../../iam/managed-policy";
import { Role } from "../../iam/role";
import { TrustPolicy } from "../../iam/trust-policy";
import type { INetwork } from "../../network/network";
import type { Tier } from "../../network/tier";
import { EKS_CLUSTER_NAME } from "../../limits";
import { logRetentionDays } from "../../log-retention";
import { physicalName } from "../../physical-name";
import { AwsProviderVersion } from "../../provider-version";
import type { Region } from "../../region";
import { AccessEntry, type AccessEntryProps } from "../access/access-entry";
import type { AddonVersion } from "../addons/managed/addon-version";
import { Addon } from "../addons/managed/addon";
import {
  checkAddonConfiguration,
  type CoreAddon,
  type CoreAddonConfiguration,
  renderAddonConfiguration,
} from "../addons/managed/core-addon-configuration";
import { checkChildId } from "../child-ids";
import { checkCluster, resourcesBeforeCluster } from "./cluster-checks";
import { controlPlaneSubnets } from "./control-plane-zones";
import { checkFirstNodeGroup } from "./first-node-group";
import { ClusterLogs, LOG_TYPES } from "./cluster-logs";
import { ClusterDependencies } from "./cluster-dependencies";
import { Endpoint } from "./endpoint";
import type { KubernetesVersion } from "../versions/kubernetes-version";
import { ManagedAddon } from "../addons/managed/managed-addon";
import { associationsOf } from "./network-dependencies";
import { NodeGroup, type NodeGroupProps } from "../nodes/node-group";
import { SecretsEncryption } from "./secrets-encryption";
import { Support } from "./support";

/** A Kubernetes cluster on Amazon EKS, created in this stack or imported. */
export interface IEksCluster extends IConstruct {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** ARN of the cluster. */
  readonly clusterArn: string;
  /** Kubernetes version. */
  readonly version: KubernetesVersion;
  /** Region of the cluster. */
  readonly region: Region;
  /** VPC of the cluster. */
  readonly networkId: string;
  /** URL of the API server, `https://…`. */
  readonly endpoint: string;
  /** Certificate of the API server's certificate authority, in base64. */
  readonly certificateAuthority: string;
  /** URL of the issuer of service account tokens, `https://…`. */
  readonly oidcIssuer: string;
  /** Security group of the control plane and the nodes. */
  readonly securityGroupId: string;
  /** Whether the cluster was created by another stack. */
  readonly isImported: boolean;
  /**
   * Dependencies of every object in the cluster, from its creation to its deletion: access, nodes, DNS. Only what the same stack
   * creates; empty for the cluster of another stack.
   */
  readonly ready: readonly ITerraformDependable[];
}

/** Attributes that identify an existing cluster. */
export interface ClusterLookup {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Version of the cluster; Terraform fails if the cluster has another one. */
  readonly version: KubernetesVersion;
  /** Region of the cluster. */
  readonly region: Region;
}

/** Properties of {@link EksCluster}. */
export interface EksClusterProps {
  /** Network of the control plane and the nodes. */
  readonly network: INetwork;
  /** Kubernetes version. */
  readonly version: KubernetesVersion;
  /** Physical name. @default - derived from the construct path */
  readonly clusterName?: string;
  /** Network tier of the control plane, in at least two zones. @default "private" */
  readonly tier?: Tier | string;
  /** Letters of the control plane's zones, at least two. @default - all zones of the tier that support control planes */
  readonly zones?: readonly string[];
  /** Networks that can reach the API server. @default - the cluster's network only */
  readonly endpoint?: Endpoint;
  /** Key that encrypts secrets. @default - a key created for the cluster */
  readonly secretsEncryption?: SecretsEncryption;
  /** Log group of the control plane. @default - created for the cluster, with a retention of 365 days */
  readonly logs?: ClusterLogs;
  /** Upgrade policy at the end of standard support. @default - extended support, which costs extra */
  readonly support?: Support;
  /** Versions of the core add-ons, by name. @default - the EKS defaults for the cluster's version */
  readonly addonVersions?: Readonly<Partial<Record<CoreAddon, AddonVersion>>>;
  /** Configuration of the core add-ons, by name. @default - the defaults of the add-ons */
  readonly addonConfiguration?: CoreAddonConfiguration;
  /** Whether EKS rejects the deletion of the cluster. Requires AWS provider 6.9. @default false */
  readonly deletionProtection?: boolean;
  /** Date for which support is evaluated, `2026-11-24`. @default - the date of the last review of the version table */
  readonly today?: string;
}

/**
 * Defines a Kubernetes cluster on Amazon EKS: a control plane, and the add-ons that nodes require.
 *
 * Creates the role of the control plane, the log group of its five log types, a key for its secrets, the cluster, and the add-ons
 * vpc-cni, kube-proxy and eks-pod-identity-agent; coredns with the first node group. No one has access by default, not even the
 * creator; grant it with `addAccess`.
 *
 * Cost: $0.10 an hour, $0.60 in extended support; logs by the gigabyte; $1 a month for the key.
 *
 * Errors: EKS002, EKS004, EKS005, EKS013, EKS021, EKS023, EKS025, EKS029, ADD001, NAM001, NAM002, AWS003.
 *
 * @example
 * const cluster = new EksCluster(this, "Cluster", { network, version: KubernetesVersion.V1_35 });
 * cluster.addAccess("Platform", { principalArn: platformRoleArn, policies: [AccessPolicy.clusterAdmin()] });
 * cluster.addNodeGroup("General", { instanceTypes: ["m7g.large"], scaling: Scaling.between(2, 10) });
 */
export class EksCluster extends Construct implements IEksCluster {
  /** An existing cluster, by its name, for stacks that add add-ons or workloads to it. */
  static fromName(scope: Construct, id: string, lookup: ClusterLookup): IEksCluster {
    class Import extends Construct implements IEksCluster {
      readonly clusterName = Name.check(lookup.clusterName, EKS_CLUSTER_NAME, this);
      private readonly found = clusterData(this, lookup);
      readonly clusterArn = this.found.arn;
      readonly version = lookup.version;
      readonly region = lookup.region;
      readonly networkId = this.found.vpcConfig.get(0).vpcId;
      readonly endpoint = this.found.endpoint;
      readonly certificateAuthority = this.found.certificateAuthority.get(0).data;
      readonly oidcIssuer = this.found.identity.get(0).oidc.get(0).issuer;
      readonly securityGroupId = this.found.vpcConfig.get(0).clusterSecurityGroupId;
      readonly isImported = true;

      constructor() {
        super(scope, id);
        this.node.defaultChild = this.found;
        checkStack(this);
      }

      get ready(): readonly ITerraformDependable[] {
        return ClusterDependencies.of(this).ready;
      }
    }
    return new Import();
  }

  /** Name of the cluster. */
  readonly clusterName: string;
  /** ARN of the cluster. */
  readonly clusterArn: string;
  /** Version. */
  readonly version: KubernetesVersion;
  /** Region. */
  readonly region: Region;
  readonly networkId: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly oidcIssuer: string;
  readonly securityGroupId: string;
  readonly isImported = false;
  private readonly network: INetwork;
  private readonly addonVersions: Readonly<Record<string, AddonVersion>>;
  private readonly addonConfiguration: CoreAddonConfiguration;

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    checkCluster(this, props);
    checkAddonConfiguration(this, props.addonConfiguration);
    this.node.addValidation({ validate: () => resourcesBeforeCluster(this) });
    this.version = props.version;
    this.network = props.network;
    this.region = props.network.zones.region;
    this.networkId = props.network.networkId;
    this.addonVersions = props.addonVersions ?? {};
    this.addonConfiguration = props.addonConfiguration ?? {};
    const name = physicalName(this, props.clusterName, EKS_CLUSTER_NAME);

    const resource = this.createCluster(name, props);
    this.node.defaultChild = resource;
    this.clusterName = resource.name;
    this.clusterArn = resource.arn;
    this.endpoint = resource.endpoint;
    this.certificateAuthority = resource.certificateAuthority.get(0).data;
    this.oidcIssuer = resource.identity.get(0).oidc.get(0).issuer;
    this.securityGroupId = resource.vpcConfig.clusterSecurityGroupId;
    for (const addon of [Addon.VPC_CNI, Addon.KUBE_PROXY, Addon.POD_IDENTITY_AGENT]) this.addAddon(addon);
  }

  get ready(): readonly ITerraformDependable[] {
    return ClusterDependencies.of(this).ready;
  }

  /** Grants a role or a user access to the cluster. */
  addAccess(id: string, props: Omit<AccessEntryProps, "cluster">): AccessEntry {
    checkChildId(this, id);
    return new AccessEntry(this, id, { ...props, cluster: this });
  }

  /** Adds nodes; the first node group also adds coredns. */
  addNodeGroup(id: string, props: Omit<NodeGroupProps, "cluster" | "network">): NodeGroup {
    checkChildId(this, id);
    const dependencies = ClusterDependencies.of(this);
    if (dependencies.nodes.length === 0) checkFirstNodeGroup(this, id, props, this.addonConfiguration.coredns);
    const group = new NodeGroup(this, id, { ...props, cluster: this, network: this.network });
    if (dependencies.addon(Addon.COREDNS.name).length === 0) this.addAddon(Addon.COREDNS);
    return group;
  }

  private addAddon(addon: Addon): void {
    const version = this.addonVersions[addon.name];
    const configuration = renderAddonConfiguration(addon.name, this.addonConfiguration);
    new ManagedAddon(this, addon.name, { cluster: this, addon, ...defined({ version, configuration }) });
  }

  private createCluster(name: string, props: EksClusterProps): EksClusterResource {
    const { network, endpoint = Endpoint.private(), support = Support.extended() } = props;
    const subnets = controlPlaneSubnets(this, props);
    const key = (props.secretsEncryption ?? SecretsEncryption.keyOfItsOwn()).keyIn(this);
    const role = new Role(this, "Role", {
      trust: TrustPolicy.service("eks.amazonaws.com"),
      managedPolicies: [ManagedPolicy.ofAws("AmazonEKSClusterPolicy", network.zones.region.partition)],
    });
    const isPublic = endpoint.publicBlocks.length > 0;
    if (props.deletionProtection === true) AwsProviderVersion.requireAtLeast(this, "6.9", "deletionProtection");
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
        ...defined({ publicAccessCidrs: isPublic ? [...endpoint.publicBlocks] : undefined }),
      },
      ...defined({
        encryptionConfig: key && { provider: { keyArn: key.keyArn }, resources: ["secrets"] },
        deletionProtection: props.deletionProtection === true ? true : undefined,
      }),
      // Without the routes: a control plane needs no egress, and waiting for NAT gateways would take two minutes.
      dependsOn: [...role.permissions, ...this.createLogGroup(name, props.logs), ...associationsOf(subnets)],
    });
  }

  private createLogGroup(name: string, logs = ClusterLogs.kept()): readonly ITerraformDependable[] {
    const { retention, encryptionKey } = logs;
    if (retention === undefined) return [];
    const group = `/aws/eks/${name}/cluster`;
    encryptionKey?.allow(KeyUse.cloudWatchLogs(group));
    return [
      new CloudwatchLogGroup(this, "LogGroup", {
        name: group,
        retentionInDays: logRetentionDays(retention, this),
        ...defined({ kmsKeyId: encryptionKey?.keyArn }),
      }),
    ];
  }
}

/** The existing cluster; the plan fails when its version differs from the given one. */
function clusterData(at: Construct, { clusterName, version }: ClusterLookup): DataAwsEksCluster {
  return new DataAwsEksCluster(at, "Resource", {
    name: clusterName,
    lifecycle: {
      postcondition: [
        {
          condition: `\${self.version == "${version.minor}"}`,
          errorMessage: `EKS008 at ${at.node.path}: the cluster's version is not ${version.minor}; name the one it has`,
        },
      ],
    },
  });
}
