import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import { Violations } from "../../core/violation";
import { escaped } from "../escaped";
import { annotationViolations, type Labels } from "../labels";
import { claimName, OBJECT_NAMES } from "../names";

/** Properties of {@link ServiceAccount}. */
export interface ServiceAccountProps {
  /** Name of the service account. */
  readonly name: string;
  /** Kubernetes namespace. @default "default" */
  readonly namespace?: string;
  /** Annotations: those of a `WorkloadIdentity` connect the account with its role. @default - none, as for EKS Pod Identity */
  readonly annotations?: Labels;
  /** Names of existing Secrets of the namespace with which its pods pull images. @default - none */
  readonly pullSecrets?: readonly string[];
  /** Resources that are created before the account and destroyed after it, such as the permissions of its role. @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines the identity of pods in a cluster: the account to which roles of the cluster and of a cloud are bound.
 *
 * Creates a service account whose token is not mounted in pods. Free of charge.
 *
 * Errors: KUB019, NAM001, NAM002.
 *
 * @example
 * const account = new ServiceAccount(this, "Account", { name: "api", dependsOn: identity.permissions });
 * new WebService(this, "Api", { ...api, serviceAccount: account.accountName, dependsOn: [account] });
 */
export class ServiceAccount extends Construct implements ITerraformDependable {
  /** Name of the service account. */
  readonly accountName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** For `dependsOn` of pods that run as the account. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    const { name, namespace = "default", annotations, pullSecrets = [] } = props;
    Name.check(namespace, OBJECT_NAMES.namespace, this);
    this.accountName = claimName(name, OBJECT_NAMES.serviceAccount, namespace, this);
    this.namespace = namespace;
    for (const secret of pullSecrets) Name.check(secret, OBJECT_NAMES.secret, this);
    Violations.throwIfAny(annotationViolations(annotations ?? {}, this));
    const resource = new ServiceAccountV1(this, "Resource", {
      ...escaped({
        metadata: { name, namespace, ...defined({ annotations }) },
        ...defined({
          imagePullSecret: pullSecrets.length === 0 ? undefined : pullSecrets.map((secret) => ({ name: secret })),
        }),
      }),
      automountServiceAccountToken: false,
      ...defined({ dependsOn: props.dependsOn && [...props.dependsOn] }),
    });
    this.node.defaultChild = resource;
    this.fqn = resource.fqn;
  }
}
