import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import type { Duration } from "../../core/duration";
import { escaped } from "../escaped";
import { claimName, OBJECT_NAMES } from "../names";
import type { IBackend } from "./backend";
import type { HealthCheck } from "./health-check";
import { prefixed } from "./annotations";
import { targetGroupAnnotations } from "./target-group";

/** How a path is matched. */
export type PathType = "Prefix" | "Exact" | "ImplementationSpecific";

/** Settings of an {@link IngressMember}. */
export interface IngressMemberProps {
  /** Name of the Ingress. */
  readonly name: string;
  /** Order among the rules of the group, a whole number from -1000 to 1000, unique in the group; lower orders are evaluated first. */
  readonly order: number;
  /** Service that receives the requests: a `WebService`, or any `IBackend`. */
  readonly service: IBackend;
  /** Path of the rule. @default "/" */
  readonly path?: string;
  /** How the path is matched: `Prefix`, `Exact` or `ImplementationSpecific`. @default "Prefix" */
  readonly pathType?: PathType;
  /** Host name of the rule, such as `shop.example.com` or `*.example.com`. @default - every host */
  readonly host?: string;
  /** Health check of the load balancer. @default - the health path of the service, every 15 seconds */
  readonly healthCheck?: HealthCheck;
  /**
   * Time for which requests in progress may continue when a pod is removed, at most an hour. It should not exceed the time for which
   * the pod still runs, see `Shutdown`.
   * @default - the controller's default, 300 seconds
   */
  readonly deregistrationDelay?: Duration;
  /** Attributes of the target group, by their AWS names, such as `slow_start.duration_seconds`. @default - none */
  readonly targetGroupAttributes?: Readonly<Record<string, string>>;
  /** Further annotations about this rule or its targets, without or with their prefix, such as `auth-type` or `backend-protocol-version`. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Settings that the group adds to each member. */
export interface GroupSettings {
  readonly ingressClass: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly waitForLoadBalancer: boolean;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Defines one Ingress of a group: a path that is routed to a service. Created by `IngressGroup`. */
export class IngressMember extends Construct implements ITerraformDependable {
  /** Name of the Ingress. */
  readonly ingressName: string;
  /** Host name of the group's load balancer, known after apply. */
  readonly loadBalancerHostname: string;
  /** Terraform address, for `dependsOn`. */
  readonly fqn: string;

  /** @internal */
  constructor(scope: Construct, id: string, props: IngressMemberProps, group: GroupSettings) {
    super(scope, id);
    const { path = "/", pathType = "Prefix", host, service } = props;
    const dependsOn = [...group.dependsOn, ...(service.fqn === undefined ? [] : [{ fqn: service.fqn }])];
    const backend = { service: { name: service.serviceName, port: { number: service.servicePort } } };
    const annotations = prefixed({
      ...props.annotations,
      ...targetGroupAnnotations(props),
      ...group.annotations,
      "group.order": `${props.order}`,
    });
    claimName(props.name, OBJECT_NAMES.ingress, service.namespace, this);
    const resource = new IngressV1(this, "Resource", {
      ...escaped({
        metadata: { name: props.name, namespace: service.namespace, annotations: { ...annotations } },
        spec: {
          ingressClassName: group.ingressClass,
          rule: [{ ...defined({ host }), http: { path: [{ path, pathType, backend }] } }],
        },
      }),
      waitForLoadBalancer: group.waitForLoadBalancer,
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    });
    this.node.defaultChild = resource;
    this.ingressName = props.name;
    this.loadBalancerHostname = resource.status.get(0).loadBalancer.get(0).ingress.get(0).hostname;
    this.fqn = resource.fqn;
  }
}
