import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../../core/defined";
import { Name } from "../../../core/name";
import { OBJECT_NAMES } from "../../../kubernetes/names";
import type { ManagedPolicy } from "../../iam/managed-policy";
import { type IRole, Role } from "../../iam/role";
import type { Statement } from "../../iam/statement";
import { ClusterDependencies } from "../cluster/cluster-dependencies";
import type { IEksCluster } from "../cluster/eks-cluster";
import { IdentityBinding } from "./identity-binding";

/** Properties of {@link WorkloadIdentity}. */
export interface WorkloadIdentityProps {
  /** Cluster of the service account. */
  readonly cluster: IEksCluster;
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account that the pods run as. */
  readonly serviceAccount: string;
  /** How pods assume the role. @default - EKS Pod Identity */
  readonly binding?: IdentityBinding;
  /** Existing policies. @default - none; grants add an inline policy */
  readonly managedPolicies?: readonly ManagedPolicy[];
  /** Physical name of the role. @default - derived from the construct path */
  readonly roleName?: string;
}

/**
 * Defines the IAM identity of the pods of one service account.
 *
 * Creates a role that trusts only this service account and, for Pod Identity, the association. Free of charge.
 *
 * Errors: EKS015, NAM001.
 *
 * @example
 * const reader = new WorkloadIdentity(this, "Reports", { cluster, namespace: "reports", serviceAccount: "reader" });
 * bucket.grants.read(reader);
 */
export class WorkloadIdentity extends Construct implements IRole {
  /** ARN of the role. */
  readonly roleArn: string;
  /** Name of the role. */
  readonly roleName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** Kubernetes service account. */
  readonly serviceAccount: string;
  /** Annotations that the service account in the cluster requires; empty for Pod Identity. */
  readonly annotations: Readonly<Record<string, string>>;
  private readonly role: Role;
  private readonly association: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, id);
    const { cluster, namespace, serviceAccount, binding = IdentityBinding.podIdentity() } = props;
    this.namespace = Name.check(namespace, OBJECT_NAMES.namespace, this);
    this.serviceAccount = Name.check(serviceAccount, OBJECT_NAMES.serviceAccount, this);
    ClusterDependencies.of(cluster).registerServiceAccount(this, namespace, serviceAccount);
    this.role = new Role(this, "Role", {
      trust: binding.trustIn(props, cluster.clusterArn),
      description: `${namespace}/${serviceAccount} in EKS`,
      ...defined({ managedPolicies: props.managedPolicies, roleName: props.roleName }),
    });
    this.node.defaultChild = this.role.node.defaultChild;
    this.roleArn = this.role.roleArn;
    this.roleName = this.role.roleName;
    this.annotations = binding.provider === undefined ? {} : { "eks.amazonaws.com/role-arn": this.roleArn };
    this.association = binding.provider === undefined ? [this.associate(cluster)] : [];
  }

  /** Resources that must exist before a pod starts: a pod that starts earlier never receives the identity. */
  get permissions(): readonly ITerraformDependable[] {
    return [...this.role.permissions, ...this.association];
  }

  addToPolicy(...statements: readonly Statement[]): void {
    this.role.addToPolicy(...statements);
  }

  private associate(cluster: IEksCluster): EksPodIdentityAssociation {
    return new EksPodIdentityAssociation(this, "Association", {
      clusterName: cluster.clusterName,
      namespace: this.namespace,
      serviceAccount: this.serviceAccount,
      roleArn: this.roleArn,
      dependsOn: [...this.role.permissions, ...ClusterDependencies.of(cluster).addon("eks-pod-identity-agent")],
    });
  }
}
