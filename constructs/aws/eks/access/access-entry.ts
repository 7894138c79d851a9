import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../../core/defined";
import { checkStack } from "../../../core/name-claims";
import { parseArn } from "../../iam/arn";
import { principalFix } from "./principal-fix";
import type { AccessPolicy } from "./access-policy";
import { ClusterDependencies } from "../cluster/cluster-dependencies";
import type { IEksCluster } from "../cluster/eks-cluster";
import { EKS010, EKS016, EKS017 } from "../rules";

/** Properties of {@link AccessEntry}. */
export interface AccessEntryProps {
  /** Cluster that the principal can access. */
  readonly cluster: IEksCluster;
  /** ARN of the IAM role or user, with its path, for example that of IAM Identity Center; not a session. */
  readonly principalArn: string;
  /** Access policies; each kind at most once. @default - none: only the permissions of its groups */
  readonly policies?: readonly AccessPolicy[];
  /** Kubernetes groups, to be bound by RBAC in the cluster. @default - none */
  readonly groups?: readonly string[];
}

/**
 * Defines access of an IAM role or user to a cluster, and its permissions there.
 *
 * Creates the access entry, and one policy association for each policy. Free of charge.
 *
 * Errors: EKS009, EKS010, EKS014, EKS016, EKS017, IAM008.
 *
 * @example
 * new AccessEntry(this, "Platform", { cluster, principalArn: role.roleArn, policies: [AccessPolicy.clusterAdmin()] });
 */
export class AccessEntry extends Construct {
  /** ARN of the principal. */
  readonly principalArn: string;
  /** The entry and its associations; they must exist while objects in the cluster are being deleted. */
  readonly access: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AccessEntryProps) {
    super(scope, id);
    checkStack(this);
    const { cluster, principalArn, policies = [], groups = [] } = props;
    this.rejectInvalidPrincipal(principalArn, cluster);
    this.rejectDuplicatePolicies(policies);
    this.rejectReservedGroups(groups);
    ClusterDependencies.of(cluster).registerPrincipal(this, principalArn);
    this.principalArn = principalArn;
    const entry = new EksAccessEntry(this, "Resource", {
      clusterName: cluster.clusterName,
      principalArn,
      type: "STANDARD",
      ...defined({ kubernetesGroups: groups.length === 0 ? undefined : [...groups] }),
    });
    this.node.defaultChild = entry;
    this.access = [entry, ...policies.map((policy) => this.associate(cluster, entry, policy))];
    ClusterDependencies.of(cluster).addAccess(...this.access);
  }

  private associate(cluster: IEksCluster, entry: EksAccessEntry, policy: AccessPolicy): ITerraformDependable {
    const { kind, namespaces } = policy;
    return new EksAccessPolicyAssociation(this, kind, {
      clusterName: cluster.clusterName,
      principalArn: entry.principalArn,
      policyArn: policy.arnIn(cluster.region.partition),
      accessScope: namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces: [...namespaces] },
      dependsOn: [entry],
    });
  }

  private rejectDuplicatePolicies(policies: readonly AccessPolicy[]): void {
    const kinds = policies.map(({ kind }) => kind);
    const duplicate = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
    if (duplicate === undefined) return;
    const given = `AccessPolicy.${duplicate}() twice`;
    throw EKS016.violation({ at: this, given, fix: `name all namespaces in one AccessPolicy.${duplicate}()` });
  }

  private rejectReservedGroups(groups: readonly string[]): void {
    const reserved = groups.filter((group) => /^(system|eks|aws|amazon|iam):/.test(group));
    if (reserved.length === 0) return;
    const given = `group ${reserved.join(", ")}`;
    throw EKS017.violation({ at: this, given, fix: "use AccessPolicy.clusterAdmin(), or a group of your own" });
  }

  private rejectInvalidPrincipal(arn: string, cluster: IEksCluster): void {
    const parsed = parseArn(arn, undefined, this);
    if (parsed === undefined) return;
    const fix = principalFix(parsed, cluster.region.partition);
    if (fix !== undefined) throw EKS010.violation({ at: this, given: `principal ${arn}`, fix });
  }
}
