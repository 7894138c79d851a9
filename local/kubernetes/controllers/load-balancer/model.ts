import type { RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LiveObject } from "../../api";
import { annotationsOf, listIn, pairsIn } from "./annotations";
import { type GroupId, groupResourceName, stackOf, targetGroupName } from "./names";

/** The load balancer of a group of Ingresses, as it should be. */
export interface LoadBalancerModel {
  readonly name: string;
  /** The tag `ingress.k8s.aws/stack`. */
  readonly stack: string;
  readonly scheme: "internet-facing" | "internal";
  readonly ipAddressType: string;
  /** Ids or names of subnets; empty: found by their tags. */
  readonly subnets: readonly string[];
  /** Security groups of the user; empty: the controller creates them. */
  readonly securityGroups: readonly string[];
  readonly inboundCidrs: readonly string[];
  readonly prefixLists: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly listeners: readonly ListenerModel[];
  readonly rules: readonly RuleModel[];
  /** Key of the target group of requests that match no rule. @default - the response 404 */
  readonly defaultTargetGroup: string | undefined;
  readonly targetGroups: readonly TargetGroupModel[];
}

/** A listener. */
export interface ListenerModel {
  readonly protocol: "HTTP" | "HTTPS";
  readonly port: number;
  readonly certificateArns: readonly string[];
  readonly sslPolicy: string | undefined;
  /** Port that all requests are redirected to. */
  readonly redirectTo: string | undefined;
}

/** A rule of all listeners; rules are in the order of their priorities. */
export interface RuleModel {
  readonly conditions: readonly RuleCondition[];
  /** Key of a target group. */
  readonly targetGroup: string;
}

/** A target group. */
export interface TargetGroupModel {
  /** The tag `ingress.k8s.aws/resource`: `default/web-ingress-web:80`. */
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  readonly service: string;
  /** Name of the port in the Service. */
  readonly portName: string;
  readonly targetType: "ip" | "instance";
  readonly port: number;
  readonly protocol: string;
  readonly protocolVersion: string;
  readonly healthCheck: HealthCheckModel;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A health check. */
export interface HealthCheckModel {
  readonly path: string;
  readonly port: string;
  readonly protocol: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly codes: string;
}

/** What the model is made of. */
export interface GroupProps {
  readonly group: GroupId;
  readonly cluster: string;
  /** Members of the group in any order. */
  readonly ingresses: readonly LiveObject[];
  /** Services by `namespace/name`. */
  readonly services: ReadonlyMap<string, LiveObject>;
  /** Settings of the ingress class, which override those of members. */
  readonly overrides: Readonly<Record<string, string>>;
  /** Tags of all resources of the controller. */
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** The members of a group in the order of their rules: by `group.order`, then by namespace and name. */
export function inOrder(ingresses: readonly LiveObject[]): readonly LiveObject[] {
  const order = ({ metadata }: LiveObject) => Number(annotationsOf(metadata)["group.order"] ?? 0);
  const name = ({ metadata }: LiveObject) => `${metadata.namespace ?? ""}/${metadata.name}`;
  return [...ingresses].sort((one, other) => order(one) - order(other) || (name(one) < name(other) ? -1 : 1));
}

/** The load balancer of a group. Throws if a member refers to a Service that does not exist, as the controller stops then. */
export function loadBalancerModel(props: GroupProps): LoadBalancerModel {
  const { group, cluster, overrides } = props;
  const members = inOrder(props.ingresses);
  // All members have the same settings of the load balancer; lists of several members are merged.
  const settings: Record<string, string> = {};
  for (const { metadata } of members)
    for (const [key, value] of Object.entries(annotationsOf(metadata))) settings[key] ??= value;
  Object.assign(settings, overrides);
  const scheme = settings["scheme"] === "internet-facing" ? "internet-facing" : "internal";
  const routes = members.map((ingress) => new Routes(ingress, props));
  const targetGroups = new Map(routes.flatMap((each) => each.targetGroups).map((each) => [each.key, each]));
  return {
    name: settings["load-balancer-name"] ?? groupResourceName(group, cluster, stackOf(group), scheme),
    stack: stackOf(group),
    scheme,
    ipAddressType: settings["ip-address-type"] ?? "ipv4",
    subnets: listIn(settings["subnets"]),
    securityGroups: listIn(settings["security-groups"]),
    inboundCidrs: listIn(settings["inbound-cidrs"]),
    prefixLists: listIn(settings["security-group-prefix-lists"]),
    attributes: pairsIn(settings["load-balancer-attributes"]),
    tags: { ...props.defaultTags, ...pairsIn(settings["tags"]) },
    listeners: listeners(settings),
    rules: routes.flatMap(({ rules }) => rules),
    defaultTargetGroup: routes.find(({ defaultTargetGroup }) => defaultTargetGroup !== undefined)?.defaultTargetGroup,
    targetGroups: [...targetGroups.values()],
  };
}

function listeners(settings: Readonly<Record<string, string>>): readonly ListenerModel[] {
  const certificateArns = listIn(settings["certificate-arn"]);
  const plain = certificateArns.length === 0 ? '[{"HTTP":80}]' : '[{"HTTPS":443}]';
  const ports = JSON.parse(settings["listen-ports"] ?? plain) as readonly Readonly<Record<string, number>>[];
  const redirect = settings["ssl-redirect"];
  return ports.flatMap((entry) =>
    Object.entries(entry).map(([protocol, port]) => {
      const isSecure = protocol === "HTTPS";
      return {
        protocol: isSecure ? "HTTPS" : "HTTP",
        port,
        certificateArns: isSecure ? certificateArns : [],
        sslPolicy: isSecure ? (settings["ssl-policy"] ?? "ELBSecurityPolicy-2016-08") : undefined,
        redirectTo: isSecure ? undefined : redirect,
      };
    }),
  );
}

interface Path {
  readonly path?: string;
  readonly pathType: string;
  readonly backend: Backend;
}

interface Backend {
  readonly service: { readonly name: string; readonly port: { readonly number?: number; readonly name?: string } };
}

interface IngressSpec {
  readonly defaultBackend?: Backend;
  readonly rules?: readonly { readonly host?: string; readonly http?: { readonly paths: readonly Path[] } }[];
}

/** The rules and target groups of one member. */
class Routes {
  readonly rules: readonly RuleModel[];
  readonly targetGroups: TargetGroupModel[] = [];
  readonly defaultTargetGroup: string | undefined;
  private readonly annotations: Readonly<Record<string, string>>;

  constructor(
    private readonly ingress: LiveObject,
    private readonly props: GroupProps,
  ) {
    this.annotations = { ...annotationsOf(ingress.metadata), ...props.overrides };
    const { rules = [], defaultBackend } = (ingress["spec"] ?? {}) as IngressSpec;
    this.rules = rules.flatMap(({ host, http }) =>
      sorted(http?.paths ?? []).map((path) => ({
        conditions: this.conditions(host, path),
        targetGroup: this.targetGroup(path.backend),
      })),
    );
    this.defaultTargetGroup = defaultBackend === undefined ? undefined : this.targetGroup(defaultBackend);
  }

  private conditions(host: string | undefined, path: Path): readonly RuleCondition[] {
    const further = this.annotations[`conditions.${path.backend.service.name}`];
    return [
      ...(host === undefined ? [] : [{ Field: "host-header", HostHeaderConfig: { Values: [host] } }]),
      { Field: "path-pattern", PathPatternConfig: { Values: [...patterns(path)] } },
      ...(further === undefined ? [] : (capitalized(JSON.parse(further)) as readonly RuleCondition[])),
    ];
  }

  private targetGroup({ service: { name, port } }: Backend): string {
    const { namespace = "default", name: ingressName } = this.ingress.metadata;
    const service = this.props.services.get(`${namespace}/${name}`);
    if (service === undefined)
      throw new Error(`the Ingress ${namespace}/${ingressName} refers to the Service ${name}, which does not exist`);
    const { ports = [] } = (service["spec"] ?? {}) as { ports?: readonly ServicePort[] };
    const found = ports.find((each) => (port.name === undefined ? each.port === port.number : each.name === port.name));
    if (found === undefined)
      throw new Error(`the Service ${namespace}/${name} has no port ${port.name ?? String(port.number)}`);
    const settings = { ...this.annotations, ...annotationsOf(service.metadata), ...this.props.overrides };
    const group = this.targetGroupModel(namespace, name, found, settings);
    this.targetGroups.push(group);
    return group.key;
  }

  private targetGroupModel(
    namespace: string,
    service: string,
    servicePort: ServicePort,
    settings: Readonly<Record<string, string>>,
  ): TargetGroupModel {
    const targetType = settings["target-type"] === "ip" ? "ip" : "instance";
    const { targetPort = servicePort.port, nodePort = 0 } = servicePort;
    const inPod = typeof targetPort === "number" ? targetPort : 1;
    const port = targetType === "ip" ? inPod : nodePort;
    const protocol = settings["backend-protocol"] ?? "HTTP";
    const protocolVersion = settings["backend-protocol-version"] ?? "HTTP1";
    const key = `${namespace}/${this.ingress.metadata.name}-${service}:${servicePort.name ?? servicePort.port}`;
    const seed = [this.props.cluster, stackOf(this.props.group), key, targetType, `${port}`, protocol, protocolVersion];
    return {
      key,
      name: targetGroupName(namespace, service, ...seed),
      namespace,
      service,
      portName: servicePort.name ?? "",
      targetType,
      port,
      protocol,
      protocolVersion,
      healthCheck: healthCheck(settings, protocol),
      attributes: pairsIn(settings["target-group-attributes"]),
    };
  }
}

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

function healthCheck(settings: Readonly<Record<string, string>>, protocol: string): HealthCheckModel {
  return {
    path: settings["healthcheck-path"] ?? "/",
    port: settings["healthcheck-port"] ?? "traffic-port",
    protocol: settings["healthcheck-protocol"] ?? protocol,
    intervalSeconds: Number(settings["healthcheck-interval-seconds"] ?? 15),
    timeoutSeconds: Number(settings["healthcheck-timeout-seconds"] ?? 5),
    healthyThreshold: Number(settings["healthy-threshold-count"] ?? 2),
    unhealthyThreshold: Number(settings["unhealthy-threshold-count"] ?? 2),
    codes: settings["success-codes"] ?? "200",
  };
}

/** Exact paths first, then prefixes, the longest first; all others keep their order behind them. */
function sorted(paths: readonly Path[]): readonly Path[] {
  const of = (type: string) => paths.filter(({ pathType }) => pathType === type);
  const prefixes = of("Prefix").sort((one, other) => (other.path ?? "/").length - (one.path ?? "/").length);
  return [...of("Exact"), ...prefixes, ...of("ImplementationSpecific")];
}

/** A prefix is the path itself and everything below it. */
function patterns({ path = "/", pathType }: Path): readonly string[] {
  if (pathType !== "Prefix") return [path === "" ? "/*" : path];
  if (path === "/") return ["/*"];
  const base = path.replace(/\/$/, "");
  return [base, `${base}/*`];
}

/** Keys of the annotation `conditions.<service>` are those of the API, with a small first letter. */
function capitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalized);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [`${key[0]?.toUpperCase() ?? ""}${key.slice(1)}`, capitalized(each)]),
  );
}
