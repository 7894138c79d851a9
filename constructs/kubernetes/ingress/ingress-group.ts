import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { Peer } from "../../core/peer";
import type { Tags } from "../../core/tags";
import { Violations } from "../../core/violation";
import { healthCheckAnnotations } from "./health-check";
import { checkedPath } from "../http-path";
import { groupViolations, memberViolations, togetherViolations } from "./checks";
import type { GroupSettings, IngressMemberProps } from "./ingress-member";
import { IngressMember } from "./ingress-member";
import { prefixed } from "./annotations";
import { Listeners } from "./listeners";
import { OBJECT_NAME } from "../names";
import { ING012 } from "../rules";

/** Requests whose headers proxies could read in two ways do not reach a service. */
const DROP_MALFORMED_HEADERS = { "routing.http.drop_invalid_header_fields.enabled": "true" };

/** Who reaches a load balancer: the internet, or the network it stands in. */
export type Scheme = "internet-facing" | "internal";

/** What a load balancer sends requests to: pods, or nodes that pass them on. */
export type TargetType = "ip" | "instance";

export interface IngressGroupProps {
  /** Name of the group, which is its identity: another name is another load balancer. */
  readonly name: string;
  /** @default "internal" */
  readonly scheme?: Scheme;
  /** `ip` needs pods with addresses of the network, as EKS gives them. @default "ip" */
  readonly targetType?: TargetType;
  /** @default - HTTP on port 80 */
  readonly listeners?: Listeners;
  /** Who may connect. @default - whoever can reach it */
  readonly inbound?: readonly Peer[];
  /** Web ACL (WAFv2, of the region) that filters requests. @default - none */
  readonly webAclArn?: string;
  /** Attributes of the load balancer, by AWS's names. @default - malformed headers are dropped */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Name of the load balancer; read only when it is made. @default - the controller makes one */
  readonly loadBalancerName?: string;
  /** Subnets of the load balancer. @default - the controller finds them by their tags */
  readonly subnetIds?: readonly string[];
  /** Tags of everything the controller makes. @default - none */
  readonly tags?: Tags;
  /** @default "alb" */
  readonly ingressClass?: string;
  /** Whether an apply waits until the load balancer has a name. @default true */
  readonly waitForLoadBalancer?: boolean;
  /** What has to stand before, and goes after: the ingress class, the controller. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines one load balancer for many services.
 *
 * Creates one Ingress for each member; the AWS Load Balancer Controller makes a single Application Load Balancer of them.
 * What concerns the load balancer is said here once and stands on every member with the same value.
 * Cost: one ALB by the hour, and its capacity units by use.
 *
 * @example
 * const web = new IngressGroup(this, "Web", { name: "web", scheme: "internet-facing" });
 * web.add("Api", { name: "api", order: 1, path: "/api", service: api });
 * web.add("Frontend", { name: "frontend", order: 2, service: frontend });
 */
export class IngressGroup extends Construct {
  readonly groupName: string;
  private readonly onInstances: boolean;
  private readonly shared: GroupSettings;
  private readonly members: IngressMemberProps[] = [];

  constructor(scope: Construct, id: string, props: IngressGroupProps) {
    super(scope, id);
    Violations.throwIfAny(groupViolations(props, this));
    this.groupName = props.name;
    this.onInstances = props.targetType === "instance";
    this.shared = {
      ingressClass: props.ingressClass ?? "alb",
      annotations: groupAnnotations(props),
      waitForLoadBalancer: props.waitForLoadBalancer ?? true,
      dependsOn: props.dependsOn ?? [],
    };
    this.node.addValidation({ validate: () => this.emptiness() });
  }

  /** Leads a path to a service. */
  add(id: string, member: IngressMemberProps): IngressMember {
    Name.check(member.name, OBJECT_NAME, this);
    if (member.pathType !== "ImplementationSpecific") checkedPath(member.path ?? "/", this);
    Violations.throwIfAny([
      ...memberViolations(member, this.onInstances, this),
      ...togetherViolations(member, this.members, this),
    ]);
    this.tellHealthCheck(member);
    this.members.push(member);
    return new IngressMember(this, id, member, this.shared);
  }

  /** The health check stands on the Service: it is the application's to know, and Services win over Ingresses. */
  private tellHealthCheck({ service, healthCheck = {} }: IngressMemberProps): void {
    const path = healthCheck.path ?? service.healthPath;
    if (path !== undefined) checkedPath(path, this);
    const annotations = healthCheckAnnotations({ ...healthCheck, ...(path === undefined ? {} : { path }) });
    service.annotateService(prefixed(annotations));
  }

  private emptiness(): string[] {
    if (this.members.length > 0) return [];
    const given = `group "${this.groupName}" has no member`;
    return [ING012.violation({ at: this, given, fix: "add one" }).message];
  }
}

/** What is said about the load balancer, in the controller's words. */
function groupAnnotations(props: IngressGroupProps): Readonly<Record<string, string>> {
  const { inbound = [], attributes = DROP_MALFORMED_HEADERS } = props;
  const said = {
    "group.name": props.name,
    scheme: props.scheme ?? "internal",
    "target-type": props.targetType ?? "ip",
    "inbound-cidrs": inbound.filter(({ kind }) => kind !== "prefix-list").join(","),
    "security-group-prefix-lists": inbound.filter(({ kind }) => kind === "prefix-list").join(","),
    "wafv2-acl-arn": props.webAclArn ?? "",
    "load-balancer-attributes": pairs(attributes),
    "load-balancer-name": props.loadBalancerName ?? "",
    subnets: (props.subnetIds ?? []).join(","),
    tags: pairs(props.tags ?? {}),
    ...(props.listeners ?? Listeners.http()).annotations(),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ""));
}

function pairs(map: Readonly<Record<string, string>>): string {
  return Object.entries(map)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(",");
}
