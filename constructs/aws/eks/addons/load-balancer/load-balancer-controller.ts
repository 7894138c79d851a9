import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../../../core/name";
import type { Tags } from "../../../../core/tags";
import { Violations } from "../../../../core/violation";
import { HelmRelease } from "../../../../kubernetes/helm/helm-release";
import type { HelmValues } from "../../../../kubernetes/helm/helm-values";
import { ManagedPolicy } from "../../../iam/managed-policy";
import { PolicyDocument } from "../../../iam/policy-document";
import { PolicyKind } from "../../../iam/policy-kind";
import type { IEksCluster } from "../../cluster/eks-cluster";
import type { IdentityBinding } from "../../access/identity-binding";
import { WorkloadIdentity } from "../../access/workload-identity";
import type { CertManager } from "../cert-manager";
import { chartNeeds } from "../chart-order";
import { IngressClassParams } from "./ingress-class-params";
import { loadBalancerControllerStatements } from "./load-balancer-controller-policy-v2.13.3";
import { LoadBalancerControllerRelease } from "./load-balancer-controller-release";

const NAME = "aws-load-balancer-controller";
const NAMESPACE = "kube-system";
const POLICY_NAME = { service: "IAM policy", maxLength: 128, pattern: /^[\w+=,.@-]+$/ };

export interface LoadBalancerControllerProps {
  readonly cluster: IEksCluster;
  /** Which release runs. @default - v2.17.1, the last of the 2.x line */
  readonly release?: LoadBalancerControllerRelease;
  /** How its pods come to their role. @default - EKS Pod Identity */
  readonly identity?: IdentityBinding;
  /** Physical name of its policy. @default - made from the construct path */
  readonly policyName?: string;
  /** Name of the ingress class. @default "alb" */
  readonly ingressClass?: string;
  /** What holds for every ingress of the class. @default - nothing: each says for itself */
  readonly ingressClassParams?: IngressClassParams;
  /** How many run; one works, the others answer the API server. @default 2 */
  readonly replicas?: number;
  /** Tags of everything it makes, by which orphans are found. @default - its own, which name the cluster */
  readonly defaultTags?: Tags;
  /** Who issues its webhook's certificate. @default - the chart, which needs nothing for it */
  readonly certManager?: CertManager;
  /** What has to stand before, and goes after. @default - nothing beyond cluster and identity */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines the controller that makes load balancers of what is written into a cluster as Ingress.
 *
 * Creates upstream's IAM policy, a role for the service account `kube-system/aws-load-balancer-controller` and no other, and
 * the chart with its ingress class. Free of charge; each load balancer it makes costs by the hour.
 *
 * Errors: ADD001, ADD008, ADD010, NAM001.
 *
 * @example
 * const controller = new LoadBalancerController(this, "LoadBalancerController", { cluster });
 * new IngressGroup(this, "Web", { name: "web", dependsOn: [controller] });
 */
export class LoadBalancerController extends Construct implements ITerraformDependable {
  readonly identity: WorkloadIdentity;
  readonly ingressClass: string;
  /** For `dependsOn`: every Ingress must be gone before it is. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: LoadBalancerControllerProps) {
    super(scope, id);
    const { cluster, release = LoadBalancerControllerRelease.V2_17_1, certManager } = props;
    const needs = chartNeeds(this, cluster);
    const params = props.ingressClassParams ?? IngressClassParams.none();
    Violations.throwIfAny(params.violations(this));
    this.ingressClass = props.ingressClass ?? "alb";
    this.identity = this.makeIdentity(props);
    const chart = new HelmRelease(this, "Release", {
      name: NAME,
      repository: "https://aws.github.io/eks-charts",
      chart: NAME,
      version: release.chart,
      namespace: NAMESPACE,
      values: { ...this.values(props), ...this.classValues(params), ...gatewayValues(release) },
      dependsOn: [
        ...needs,
        ...this.identity.permissions,
        ...(certManager === undefined ? [] : [certManager]),
        ...(props.dependsOn ?? []),
      ],
    });
    this.node.defaultChild = chart.node.defaultChild;
    this.fqn = chart.fqn;
  }

  private makeIdentity({ cluster, identity, policyName }: LoadBalancerControllerProps): WorkloadIdentity {
    const { partition } = cluster.region;
    const policy = new IamPolicy(this, "Policy", {
      name:
        policyName === undefined
          ? `${Name.of(this).fit({ ...POLICY_NAME, maxLength: 121 })}-policy`
          : Name.check(policyName, POLICY_NAME, this),
      description: "AWS Load Balancer Controller v2.13.3 to v3.5.0",
      policy: PolicyDocument.of(...loadBalancerControllerStatements(partition)).toJson(PolicyKind.MANAGED, this),
    });
    return new WorkloadIdentity(this, "Identity", {
      cluster,
      namespace: NAMESPACE,
      serviceAccount: NAME,
      managedPolicies: [ManagedPolicy.fromArn(policy.arn, "Controller")],
      ...(identity === undefined ? {} : { binding: identity }),
    });
  }

  private values({ cluster, replicas = 2, defaultTags, certManager }: LoadBalancerControllerProps): HelmValues {
    return {
      clusterName: cluster.clusterName,
      // It would ask the node's metadata for both, which answers the node alone.
      region: cluster.region.name,
      vpcId: cluster.networkId,
      replicaCount: replicas,
      podDisruptionBudget: replicas > 1 ? { maxUnavailable: 1 } : undefined,
      serviceAccount: { create: true, name: NAME, annotations: this.identity.annotations },
      // Without it every Service in the cluster waits for this webhook, of which only those of type LoadBalancer need it.
      enableServiceMutatorWebhook: false,
      enableCertManager: certManager !== undefined,
      // A certificate that changes with each upgrade would show as a change in every plan.
      keepTLSSecret: true,
      defaultTags: { ...defaultTags },
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
    };
  }

  private classValues(params: IngressClassParams): HelmValues {
    return {
      ingressClass: this.ingressClass,
      createIngressClassResource: true,
      ingressClassParams: { create: true, name: this.ingressClass, spec: params.spec },
    };
  }
}

/** 3.x would look for definitions of the Gateway API and stop without them. */
function gatewayValues(release: LoadBalancerControllerRelease): HelmValues {
  if (!release.servesGatewayApi) return {};
  return { controllerConfig: { featureGates: { NLBGatewayAPI: false, ALBGatewayAPI: false } } };
}
