import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../../../core/defined";
import { checkStack } from "../../../../core/name-claims";
import { type HelmValues, renderHelmValues } from "../../../../kubernetes/helm/helm-values";
import { ManagedPolicy } from "../../../iam/managed-policy";
import type { Addon } from "./addon";
import { AddonVersion } from "./addon-version";
import { ADD002, ADD003, ADD005 } from "../rules";
import { ClusterDependencies } from "../../cluster/cluster-dependencies";
import type { IEksCluster } from "../../cluster/eks-cluster";
import type { IdentityBinding } from "../../access/identity-binding";
import { WorkloadIdentity } from "../../access/workload-identity";

/** Properties of {@link ManagedAddon}. */
export interface ManagedAddonProps {
  /** Cluster that runs the add-on. */
  readonly cluster: IEksCluster;
  /** Add-on to install. */
  readonly addon: Addon;
  /** Version of the add-on. @default - the EKS default for the cluster's version */
  readonly version?: AddonVersion;
  /** Configuration by the schema of the add-on: `aws eks describe-addon-configuration`. @default - the add-on's defaults */
  readonly configuration?: HelmValues;
  /** How its pods assume their own role. Required for add-ons that call AWS. @default - no role */
  readonly identity?: IdentityBinding;
  /** Resources to create before and to destroy after the add-on. @default - only nodes and its identity */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines an add-on that EKS installs, validates and updates.
 *
 * Creates the add-on, before or after the nodes as it requires, and for an add-on that calls AWS a role with exactly the policies
 * it needs, which trusts only its service account. Most are free of charge; the CloudWatch add-on sends billed data.
 *
 * @example
 * new ManagedAddon(this, "EbsCsi", { cluster, addon: Addon.EBS_CSI_DRIVER, identity: IdentityBinding.podIdentity() });
 */
export class ManagedAddon extends Construct implements ITerraformDependable {
  /** Name of the add-on. */
  readonly addonName: string;
  /** Identity of the add-on's pods; undefined without a role. */
  readonly identity: WorkloadIdentity | undefined;
  /** For `dependsOn` of resources that require the add-on. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: ManagedAddonProps) {
    super(scope, id);
    checkStack(this);
    const { cluster, addon, version = AddonVersion.defaultOfEks(), configuration } = props;
    this.checkOrder(props);
    this.checkIdentity(props);
    ClusterDependencies.of(cluster).rejectSecondAddon(this, addon.name);
    this.identity = this.createIdentity(props);
    const resource = new EksAddon(this, "Resource", {
      clusterName: cluster.clusterName,
      addonName: addon.name,
      addonVersion: version.resolve(this, addon, cluster.version),
      // The code is authoritative: an update overwrites manual changes.
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...defined({
        configurationValues: configuration && renderHelmValues(configuration, this),
        serviceAccountRoleArn: props.identity?.provider && this.identity?.roleArn,
      }),
      dependsOn: [
        ...(addon.order === "after-nodes" ? ClusterDependencies.of(cluster).nodes : []),
        ...(this.identity?.permissions ?? []),
        ...(props.dependsOn ?? []),
      ],
    });
    this.node.defaultChild = resource;
    this.addonName = addon.name;
    this.fqn = resource.fqn;
    ClusterDependencies.of(cluster).addAddon(addon.name, { resource, order: addon.order });
  }

  private createIdentity({ cluster, addon, identity }: ManagedAddonProps): WorkloadIdentity | undefined {
    if (identity === undefined || addon.serviceAccount === undefined) return undefined;
    const [namespace, serviceAccount] = addon.serviceAccount;
    return new WorkloadIdentity(this, "Identity", {
      cluster,
      namespace,
      serviceAccount,
      binding: identity,
      managedPolicies: addon.policies.map((policy) => ManagedPolicy.ofAws(policy, cluster.region.partition)),
    });
  }

  private checkOrder({ cluster, addon }: ManagedAddonProps): void {
    if (cluster.isImported) return;
    const nodes = ClusterDependencies.of(cluster).nodes.length;
    const given = `add-on ${addon.name} ${nodes === 0 ? "before any node group" : "after the first node group"}`;
    if (addon.order === "after-nodes" && nodes === 0)
      throw ADD003.violation({ at: this, given, fix: "call cluster.addNodeGroup() first" });
    if (addon.order === "before-nodes" && nodes > 0)
      throw ADD003.violation({ at: this, given, fix: "declare it before the first node group" });
  }

  private checkIdentity({ addon, identity }: ManagedAddonProps): void {
    if (addon.needsIdentity && identity === undefined)
      throw ADD002.violation({
        at: this,
        given: `add-on ${addon.name} without an identity`,
        fix: "set identity: IdentityBinding.podIdentity()",
      });
    if (identity !== undefined && addon.serviceAccount === undefined)
      throw ADD002.violation({
        at: this,
        given: `an identity for add-on ${addon.name}, which does not call AWS`,
        fix: "omit it",
      });
    if (identity !== undefined && identity.provider === undefined && addon.name === "vpc-cni")
      throw ADD005.violation({
        at: this,
        given: "vpc-cni with pod identity",
        fix: "use IdentityBinding.irsa(provider), or omit it to use the role of the node",
      });
  }
}
