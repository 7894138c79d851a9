import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { IBackend } from "./backend";
import type { HealthCheck } from "./health-check";
import { prefixed } from "./annotations";

/** How a path is compared. */
export type PathType = "Prefix" | "Exact" | "ImplementationSpecific";

export interface IngressMemberProps {
  /** Name of the Ingress. */
  readonly name: string;
  /** Place among the group's rules, from -1000 to 1000; the lowest is asked first. */
  readonly order: number;
  /** Where requests go. */
  readonly service: IBackend;
  /** @default "/" */
  readonly path?: string;
  /** @default "Prefix" */
  readonly pathType?: PathType;
  /** Host that is answered, such as `shop.example.com` or `*.example.com`. @default - every host */
  readonly host?: string;
  /** How the load balancer asks the service how it is. @default - by the service's health path */
  readonly healthCheck?: HealthCheck;
  /** Further settings of this rule or its targets, such as `auth-type` or `target-group-attributes`. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What the group adds to what a member says of itself. */
export interface GroupSettings {
  readonly ingressClass: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly waitForLoadBalancer: boolean;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** One Ingress of a group: a path that leads to a service. Made by `IngressGroup`. */
export class IngressMember extends Construct implements ITerraformDependable {
  readonly ingressName: string;
  /** Host name of the group's load balancer, once there is one. */
  readonly loadBalancerHostname: string;
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: IngressMemberProps, group: GroupSettings) {
    super(scope, id);
    const { path = "/", pathType = "Prefix", host, service } = props;
    const dependsOn = [...group.dependsOn, ...(service.fqn === undefined ? [] : [{ fqn: service.fqn }])];
    const backend = { service: { name: service.serviceName, port: { number: service.servicePort } } };
    const annotations = prefixed({ ...props.annotations, ...group.annotations, "group.order": `${props.order}` });
    const resource = new IngressV1(this, "Resource", {
      metadata: { name: props.name, namespace: service.namespace, annotations: { ...annotations } },
      spec: {
        ingressClassName: group.ingressClass,
        rule: [{ ...(host === undefined ? {} : { host }), http: { path: [{ path, pathType, backend }] } }],
      },
      waitForLoadBalancer: group.waitForLoadBalancer,
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    });
    this.node.defaultChild = resource;
    this.ingressName = props.name;
    this.loadBalancerHostname = resource.status.get(0).loadBalancer.get(0).ingress.get(0).hostname;
    this.fqn = resource.fqn;
  }
}
