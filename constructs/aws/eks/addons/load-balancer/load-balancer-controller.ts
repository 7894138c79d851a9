import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../../../core/defined";
import { Name } from "../../../../core/name";
import type { Tags } from "../../../../core/tags";
import { type Violation, Violations } from "../../../../core/violation";
import { OBJECT_NAMES } from "../../../../kubernetes/names";
import { imageViolations } from "../../../../kubernetes/workload/image";
import { HelmRelease } from "../../../../kubernetes/helm/helm-release";
import type { HelmValues } from "../../../../kubernetes/helm/helm-values";
import { ManagedPolicy } from "../../../iam/managed-policy";
import { physicalName } from "../../../physical-name";
import { PolicyDocument } from "../../../iam/policy-document";
import { PolicyKind } from "../../../iam/policy-kind";
import type { IEksCluster } from "../../cluster/eks-cluster";
import type { IdentityBinding } from "../../access/identity-binding";
import { WorkloadIdentity } from "../../access/workload-identity";
import type { CertManager } from "../cert-manager";
import { chartDependencies } from "../chart-dependencies";
import { mergedValues } from "../merged-values";
import { replicaViolations } from "../replica-violations";
import { ADD014 } from "../rules";
import { IngressClassParams } from "./ingress-class-params";
import { loadBalancerControllerStatements } from "./load-balancer-controller-policy";
import { LoadBalancerControllerRelease } from "./load-balancer-controller-release";
import { type ChartImage, referenceOf, regionalValues } from "./regional-values";

const NAME = "aws-load-balancer-controller";
const NAMESPACE = "kube-system";
const POLICY_NAME = { service: "IAM policy", maxLength: 128, pattern: /^[\w+=,.@-]+$/ };

/** Services that protect load balancers; the controller calls their APIs only when they are on. */
export interface ProtectionServices {
  /** AWS Shield Advanced. @default true */
  readonly shield?: boolean;
  /** AWS WAF Classic. @default true */
  readonly wafClassic?: boolean;
  /** AWS WAF. @default true */
  readonly waf?: boolean;
}

/** Properties of {@link LoadBalancerController}. */
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
  /** Container image: registry path and, if it is not the chart's, tag. @default - public.ecr.aws, in China the registry of the region */
  readonly image?: ChartImage;
  /** AWS services that it may use for load balancers. @default - all, in China none of them */
  readonly protection?: ProtectionServices;
  /** Whether it serves Gateway API objects. Their CRDs must be installed. Requires release v2.14 or newer. @default false */
  readonly gatewayApi?: boolean;
  /** Further values of the chart, which take precedence over those of this construct. @default - none */
  readonly values?: HelmValues;
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
 * Errors: ADD001, ADD008, ADD010, ADD012, ADD014, NAM001, NAM002.
 *
 * @example
 * const controller = new LoadBalancerController(this, "LoadBalancerController", { cluster });
 * new IngressGroup(this, "Web", { name: "web", dependsOn: [controller] });
 */
export class LoadBalancerController extends Construct implements ITerraformDependable {
  /** Identity of the controller. */
  readonly identity: WorkloadIdentity;
  /** Ingress class that the controller serves. */
  readonly ingressClass: string;
  /** For `dependsOn`: every Ingress must be deleted before the controller. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: LoadBalancerControllerProps) {
    super(scope, id);
    const { cluster, release = LoadBalancerControllerRelease.V2_17_1, certManager } = props;
    const needs = chartDependencies(this, cluster);
    const params = props.ingressClassParams ?? IngressClassParams.none();
    Violations.throwIfAny([
      ...params.violations(this),
      ...replicaViolations(this, props.replicas),
      ...gatewayViolations(this, release, props.gatewayApi),
      ...(props.image === undefined ? [] : imageViolations(referenceOf(props.image), this)),
    ]);
    this.ingressClass = Name.check(props.ingressClass ?? "alb", OBJECT_NAMES.ingressClass, this);
    this.identity = this.createIdentity(props);
    const chart = new HelmRelease(this, "Release", {
      name: NAME,
      repository: "https://aws.github.io/eks-charts",
      chart: NAME,
      version: release.chart,
      namespace: NAMESPACE,
      values: mergedValues(
        {
          ...this.values(props),
          ...this.classValues(params),
          ...gatewayValues(release, props.gatewayApi),
          ...regionalValues(cluster.region, props),
        },
        props.values ?? {},
      ),
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

  private createIdentity(props: LoadBalancerControllerProps): WorkloadIdentity {
    const { cluster, identity, policyName, release = LoadBalancerControllerRelease.V2_17_1 } = props;
    const { partition } = cluster.region;
    const policy = new IamPolicy(this, "Policy", {
      name:
        policyName === undefined
          ? `${Name.of(this).fit({ ...POLICY_NAME, maxLength: 121 })}-policy`
          : physicalName(this, policyName, POLICY_NAME),
      // A changed description replaces the policy, so existing policies keep theirs.
      description: "AWS Load Balancer Controller",
      policy: PolicyDocument.of(...loadBalancerControllerStatements(partition, release.policy)).toJson(
        PolicyKind.MANAGED,
        this,
      ),
      lifecycle: { ignoreChanges: ["description"] },
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

/**
 * Feature gates of the Gateway API. Releases before 3.2.0 fail when the gates are on and its CRDs are missing; later ones turn off
 * gates that have their default. AWS's own CRDs for it are part of the chart from 1.17.1 on.
 */
function gatewayValues(release: LoadBalancerControllerRelease, gatewayApi = false): HelmValues {
  if (!gatewayApi && release.gatewayApi !== "default") return {};
  return { controllerConfig: { featureGates: { NLBGatewayAPI: gatewayApi, ALBGatewayAPI: gatewayApi } } };
}

function gatewayViolations(at: Construct, release: LoadBalancerControllerRelease, gatewayApi = false): Violation[] {
  if (!gatewayApi || release.gatewayApi !== "none") return [];
  const given = `the Gateway API with release ${release.version}`;
  return [ADD014.violation({ at, given, fix: "use a release from v2.14.1 on, or omit gatewayApi" })];
}
