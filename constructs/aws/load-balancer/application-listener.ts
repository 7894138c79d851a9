import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { LbListenerRule, type LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Construct } from "constructs";
import { hashOf } from "../../core/text";
import { isToken } from "../../core/token";
import { Violations } from "../../core/violation";
import type { Action } from "./action";
import { ELB007 } from "./rules";
import type { Balancer } from "./target-group";

/** Policy of TLS 1.3 and 1.2. Source: "Security policies for your Application Load Balancer" in the user guide. */
export const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** Properties of {@link ApplicationListener}. */
export interface ApplicationListenerProps {
  readonly balancer: Omit<Balancer, "listener">;
  /** ARN of the load balancer. */
  readonly loadBalancerArn: string;
  readonly port: number;
  /** ARNs of the certificates, the default one first; none for HTTP. */
  readonly certificates: readonly string[];
  readonly tlsPolicy: string;
  readonly action: Action;
}

/** A rule of a listener. */
export interface ListenerRuleProps {
  /** Order of the rules, 1 to 50000: the first whose conditions match decides. */
  readonly priority: number;
  /**
   * Host names, such as `api.example.com` and `*.example.com`.
   * @default - any
   */
  readonly hosts?: readonly string[];
  /**
   * Paths, such as `/api/*`.
   * @default - any
   */
  readonly paths?: readonly string[];
  /** What happens with matching requests. */
  readonly action: Action;
}

/** A listener of an application load balancer. Created by `ApplicationLoadBalancer`. */
export class ApplicationListener extends Construct {
  /** ARN of the listener. */
  readonly listenerArn: string;
  private readonly resource: LbListener;
  private readonly balancer: Omit<Balancer, "listener">;
  private readonly priorities = new Set<number>();

  /** @internal */
  constructor(scope: Construct, id: string, props: ApplicationListenerProps) {
    super(scope, id);
    const [certificateArn, ...others] = props.certificates;
    this.balancer = props.balancer;
    this.resource = new LbListener(this, "Resource", {
      loadBalancerArn: props.loadBalancerArn,
      port: props.port,
      protocol: certificateArn === undefined ? "HTTP" : "HTTPS",
      ...(certificateArn === undefined ? {} : { certificateArn, sslPolicy: props.tlsPolicy }),
      defaultAction: [props.action.argument],
    });
    this.node.defaultChild = this.resource;
    this.listenerArn = this.resource.arn;
    this.connect(props.action);
    for (const other of others)
      new LbListenerCertificate(this, `certificate-${hashOf(other)}`, {
        listenerArn: this.listenerArn,
        certificateArn: other,
      });
  }

  /** Adds a rule for some hosts or paths. */
  addRule(id: string, props: ListenerRuleProps): void {
    const { priority, hosts = [], paths = [], action } = props;
    this.check(props);
    this.priorities.add(priority);
    const condition: LbListenerRuleCondition[] = [
      ...(hosts.length === 0 ? [] : [{ hostHeader: { values: [...hosts] } }]),
      ...(paths.length === 0 ? [] : [{ pathPattern: { values: [...paths] } }]),
    ];
    new LbListenerRule(this, id, { listenerArn: this.listenerArn, priority, condition, action: [action.argument] });
    this.connect(action);
  }

  private connect({ targetGroup }: Action): void {
    const { kind, label, connections } = this.balancer;
    targetGroup?.addBalancer({ kind, label, connections, listener: this.resource });
  }

  private check(props: ListenerRuleProps): void {
    const found = [...priorityProblems(props, this.priorities), ...conditionProblems(props)];
    Violations.throwIfAny(found.map(([given, fix]) => ELB007.violation({ at: this, given, fix })));
  }
}

/** What is wrong, and the fix. */
type Problem = readonly [given: string, fix: string];

function priorityProblems({ priority }: ListenerRuleProps, taken: ReadonlySet<number>): readonly Problem[] {
  if (!Number.isInteger(priority) || priority < 1 || priority > 50_000)
    return [[`priority ${priority}`, "use 1 to 50000"]];
  return taken.has(priority) ? [[`priority ${priority} twice`, "use another priority"]] : [];
}

function conditionProblems({ hosts = [], paths = [] }: ListenerRuleProps): readonly Problem[] {
  const count = hosts.length + paths.length;
  const isHost = (name: string) => /^[\w.*?-]{1,128}$/.test(name) && name.includes(".");
  const isPath = (pattern: string) => /^[/*][\w\-.$/~"'@:+&*?]{0,127}$/.test(pattern);
  const invalid = (texts: readonly string[], isValid: (text: string) => boolean) =>
    texts.filter((text) => !isToken(text) && !isValid(text));
  return [
    // Source: "Quotas for your Application Load Balancers": five values of all conditions of a rule.
    ...(count >= 1 && count <= 5
      ? []
      : [[`${count} hosts and paths`, "use 1 to 5, and further rules for more"] as const]),
    ...invalid(hosts, isHost).map(
      (host) => [`host "${host}"`, "use a name such as api.example.com or *.example.com"] as const,
    ),
    ...invalid(paths, isPath).map((path) => [`path "${path}"`, "use a path such as /api/*"] as const),
  ];
}
