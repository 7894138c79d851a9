import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { HelmValues } from "../../../../kubernetes/helm/helm-values";
import { renderHelmValues } from "../../../../kubernetes/helm/helm-values";
import { ManagedPolicy } from "../../../iam/managed-policy";
import type { Addon } from "./addon";
import { AddonVersion } from "./addon-version";
import { ADD002, ADD003, ADD005 } from "../rules";
import type { IEksCluster } from "../../cluster/eks-cluster";
import type { IdentityBinding } from "../../access/identity-binding";
import { WorkloadIdentity } from "../../access/workload-identity";

export interface ManagedAddonProps {
  readonly cluster: IEksCluster;
  readonly addon: Addon;
  /** Which build runs. @default - EKS's default for the cluster's version */
  readonly version?: AddonVersion;
  /** What the add-on is told, by its own schema: `aws eks describe-addon-configuration`. @default - nothing */
  readonly configuration?: HelmValues;
  /** How its pods come to a role of their own. Required for add-ons that call AWS. @default - no role */
  readonly identity?: IdentityBinding;
  /** What has to stand before, and goes after. @default - nothing but nodes and its identity */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines an add-on that EKS installs, checks and keeps current.
 *
 * Creates the add-on, in its place in the order around nodes, and where it calls AWS a role with exactly the policies it
 * needs, trusted for its service account. Most are free of charge; CloudWatch's sends what is billed.
 *
 * @example
 * new ManagedAddon(this, "EbsCsi", { cluster, addon: Addon.EBS_CSI_DRIVER, identity: IdentityBinding.podIdentity() });
 */
export class ManagedAddon extends Construct implements ITerraformDependable {
  readonly addonName: string;
  /** The role of the add-on's pods, where it has one. */
  readonly identity: WorkloadIdentity | undefined;
  /** For `dependsOn`: what needs the add-on. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: ManagedAddonProps) {
    super(scope, id);
    const { cluster, addon, version = AddonVersion.defaultOfEks(), configuration } = props;
    this.checkOrder(props);
    this.checkIdentity(props);
    cluster.roster.refuseSecondAddon(this, addon.name);
    this.identity = this.makeIdentity(props);
    const resource = new EksAddon(this, "Resource", {
      clusterName: cluster.clusterName,
      addonName: addon.name,
      addonVersion: version.resolve(this, addon, cluster.version),
      // The code is what holds: what somebody changed by hand does not survive an update.
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(configuration === undefined ? {} : { configurationValues: renderHelmValues(configuration, this) }),
      ...(this.identity !== undefined && props.identity?.provider !== undefined
        ? { serviceAccountRoleArn: this.identity.roleArn }
        : {}),
      dependsOn: [
        ...(addon.order === "after-nodes" ? cluster.roster.nodes : []),
        ...(this.identity?.permissions ?? []),
        ...(props.dependsOn ?? []),
      ],
    });
    this.node.defaultChild = resource;
    this.addonName = addon.name;
    this.fqn = resource.fqn;
    cluster.roster.addAddon(addon.name, { resource, order: addon.order });
  }

  private makeIdentity({ cluster, addon, identity }: ManagedAddonProps): WorkloadIdentity | undefined {
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
    const nodes = cluster.roster.nodes.length;
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
        fix: "say identity: IdentityBinding.podIdentity()",
      });
    if (identity !== undefined && addon.serviceAccount === undefined)
      throw ADD002.violation({
        at: this,
        given: `an identity for add-on ${addon.name}, which calls nothing of AWS`,
        fix: "leave it out",
      });
    if (identity !== undefined && identity.provider === undefined && addon.name === "vpc-cni")
      throw ADD005.violation({
        at: this,
        given: "vpc-cni with pod identity",
        fix: "say IdentityBinding.irsa(provider), or leave it the node's",
      });
  }
}
