import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../../../core/defined";
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
import { chartDependencies } from "../chart-dependencies";
import { IngressClassParams } from "./ingress-class-params";
import { loadBalancerControllerStatements } from "./load-balancer-controller-policy-v2.13.3";
import { LoadBalancerControllerRelease } from "./load-balancer-controller-release";

const NAME = "aws-load-balancer-controller";
const NAMESPACE = "kube-system";
const POLICY_NAME = { service: "IAM policy", maxLength: 128, pattern: /^[\w+=,.@-]+$/ };

export interface LoadBalancerControllerProps {
  /** Imported cluster, `EksCluster.fromName()`. */
  readonly cluster: IEksCluster;
  /** Release of the controller. @default - v2.17.1, the last of the 2.x line */
  readonly release?: LoadBalancerControllerRelease;
  /** How its pods assume their role. @default - EKS Pod Identity */
  readonly identity?: IdentityBinding;
  /** Physical name of its policy. @default - derived from the construct path */
  readonly policyName?: string;
  /** Name of the ingress class. @default "alb" */
  readonly ingressClass?: string;
  /** Settings of every Ingress of the class. @default - none: each Ingress specifies its own */
  readonly ingressClassParams?: IngressClassParams;
  /** Number of replicas; one is the leader, all serve webhooks. @default 2 */
  readonly replicas?: number;
  /** Tags of all resources it creates, by which orphaned ones are found. @default - only those of the controller, with the cluster name */
  readonly defaultTags?: Tags;
  /** Issuer of the webhook certificate. @default - the chart generates a certificate */
  readonly certManager?: CertManager;
  /** Resources to create before and to destroy after the controller. @default - only cluster and identity */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines the AWS Load Balancer Controller, which creates load balancers for the Ingress objects of a cluster.
 *
 * Creates the upstream IAM policy, a role for only the service account `kube-system/aws-load-balancer-controller`, and the Helm
 * release with its ingress class. Free of charge; each load balancer costs by the hour.
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
  /** For `dependsOn`: every Ingress must be deleted before the controller. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: LoadBalancerControllerProps) {
    super(scope, id);
    const { cluster, release = LoadBalancerControllerRelease.V2_17_1, certManager } = props;
    const needs = chartDependencies(this, cluster);
    const params = props.ingressClassParams ?? IngressClassParams.none();
    Violations.throwIfAny(params.violations(this));
    this.ingressClass = props.ingressClass ?? "alb";
    this.identity = this.createIdentity(props);
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

  private createIdentity({ cluster, identity, policyName }: LoadBalancerControllerProps): WorkloadIdentity {
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
      ...defined({ binding: identity }),
    });
  }

  private values({ cluster, replicas = 2, defaultTags, certManager }: LoadBalancerControllerProps): HelmValues {
    return {
      clusterName: cluster.clusterName,
      // By default the controller reads both from the instance metadata, which pods cannot reach.
      region: cluster.region.name,
      vpcId: cluster.networkId,
      replicaCount: replicas,
      podDisruptionBudget: replicas > 1 ? { maxUnavailable: 1 } : undefined,
      serviceAccount: { create: true, name: NAME, annotations: this.identity.annotations },
      // With the webhook every Service of the cluster would wait for it, although only those of type LoadBalancer need it.
      enableServiceMutatorWebhook: false,
      enableCertManager: certManager !== undefined,
      // A certificate that changes with each upgrade would appear as drift in every plan.
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

/** Disables the Gateway API: 3.x fails without its CRDs. */
function gatewayValues(release: LoadBalancerControllerRelease): HelmValues {
  if (!release.servesGatewayApi) return {};
  return { controllerConfig: { featureGates: { NLBGatewayAPI: false, ALBGatewayAPI: false } } };
}
