import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { Duration } from "../../core/duration";
import { Name } from "../../core/name";
import { Port } from "../../core/port";
import type { IConnectable } from "../network/security/connections";
import { HealthCheck } from "./health-check";
import { namePrefixOf } from "./name-prefix";
import { ELB003, ELB004, ELB006 } from "./rules";

/** The kind of a load balancer, by which AWS distinguishes protocols. */
export type BalancerKind = "application" | "network";

/** Targets of a load balancer. */
export interface ITargetGroup extends IConstruct {
  /** ARN of the target group. */
  readonly targetGroupArn: string;
  /** Identifies the requests of the group in metrics; undefined until an application load balancer forwards to it. */
  readonly resourceLabel: string | undefined;
  /** Listeners that forward to the group, for `dependsOn` of what needs a load balancer. */
  readonly listeners: readonly ITerraformDependable[];
  /** Allows the load balancers of the group to connect to a member. The member registers itself, or is registered otherwise. */
  addMember(member: IConnectable): void;
  /** Allows a load balancer to connect to all members. Called by its listeners. */
  addBalancer(balancer: Balancer): void;
}

/** A load balancer, as a target group sees it. */
export interface Balancer extends IConnectable {
  /** Kind of load balancer. */
  readonly kind: BalancerKind;
  /** Identifies the load balancer in metrics. */
  readonly label: string;
  /** Listener that forwards to the target group. */
  readonly listener: ITerraformDependable;
}

/** A machine that can be registered in a {@link TargetGroup}. */
export interface TargetMachine extends IConstruct, IConnectable {
  /** Id of the machine. */
  readonly instanceId: string;
}

/** Properties of {@link TargetGroup}. */
export interface TargetGroupProps {
  /** Network of the targets. */
  readonly network: { readonly networkId: string };
  /** Port of the targets, 1 to 65535. */
  readonly port: number;
  /**
   * Protocol of the targets: HTTP or HTTPS behind an application load balancer, TCP or UDP behind a network load balancer.
   * @default "HTTP"
   */
  readonly protocol?: "HTTP" | "HTTPS" | "TCP" | "UDP";
  /**
   * How targets are checked.
   * @default - a request for `/` that returns 200 for HTTP and HTTPS, otherwise a connection
   */
  readonly healthCheck?: HealthCheck;
  /**
   * Time in which requests in progress are completed before a target is removed, 1 second to one hour.
   * @default - 30 seconds
   */
  readonly draining?: Duration;
}

/**
 * Defines the machines among which a load balancer distributes requests, and their health check.
 *
 * Creates the target group. A listener forwards to it; machines are added with `addTarget`, fleets name it in `targetGroups`. Both ends of each
 * connection are opened in the security groups. Free of charge: the load balancer is billed.
 *
 * Errors: ELB003, ELB004, ELB006.
 *
 * @example
 * const web = new TargetGroup(this, "WebTargets", { network, port: 8080, healthCheck: HealthCheck.http("/health") });
 * web.addTarget(machine);
 */
export class TargetGroup extends Construct implements ITargetGroup {
  /** ARN of the target group. */
  readonly targetGroupArn: string;
  /** Listeners that forward to the group. */
  readonly listeners: ITerraformDependable[] = [];
  private readonly resource: LbTargetGroup;
  private readonly port: Port;
  private readonly kind: BalancerKind;
  private readonly members: IConnectable[] = [];
  private readonly balancers: Balancer[] = [];

  constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    const { protocol = "HTTP", port, draining = Duration.seconds(30) } = props;
    this.kind = protocol === "HTTP" || protocol === "HTTPS" ? "application" : "network";
    const healthCheck = props.healthCheck ?? (this.kind === "application" ? HealthCheck.http("/") : HealthCheck.tcp());
    this.check(port, draining, healthCheck);
    this.port = protocol === "UDP" ? Port.udp(port) : Port.tcp(port);
    this.resource = new LbTargetGroup(this, "Resource", {
      namePrefix: namePrefixOf(this),
      vpcId: props.network.networkId,
      port,
      protocol,
      targetType: "instance",
      deregistrationDelay: String(draining.toSeconds()),
      healthCheck: healthCheck.argument,
      tags: { Name: Name.of(this).tag() },
      // Another port or protocol replaces the group: the listener forwards to the new one before the old one is deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    this.node.defaultChild = this.resource;
    this.targetGroupArn = this.resource.arn;
  }

  /** Identifies the requests of the group in metrics; undefined until an application load balancer forwards to it. */
  get resourceLabel(): string | undefined {
    const balancer = this.balancers.find(({ kind }) => kind === "application");
    return balancer && `${balancer.label}/${this.resource.arnSuffix}`;
  }

  /** Registers a machine. */
  addTarget(target: TargetMachine): void {
    const id = `target-${target.node.path.replace(/\/Default(?=\/|$)/g, "").replace(/[^\w.-]+/g, "-")}`;
    new LbTargetGroupAttachment(this, id, { targetGroupArn: this.targetGroupArn, targetId: target.instanceId });
    this.addMember(target);
  }

  /** Allows the load balancers of the group to connect to a member. */
  addMember(member: IConnectable): void {
    if (this.members.some(({ connections }) => connections === member.connections)) return;
    this.members.push(member);
    for (const balancer of this.balancers) this.connect(balancer, member);
  }

  /** Allows a load balancer to connect to all members. */
  addBalancer(balancer: Balancer): void {
    if (balancer.kind !== this.kind)
      throw ELB003.violation({
        at: this,
        given: `a target group for ${this.kind} load balancers behind ${balancer.kind === "application" ? "an application" : "a network"} load balancer`,
        fix:
          balancer.kind === "application"
            ? 'use protocol: "HTTP" or "HTTPS" for the target group'
            : 'use protocol: "TCP" or "UDP" for the target group',
      });
    this.listeners.push(balancer.listener);
    if (this.balancers.some(({ connections }) => connections === balancer.connections)) return;
    this.balancers.push(balancer);
    for (const member of this.members) this.connect(balancer, member);
  }

  private connect(balancer: Balancer, member: IConnectable): void {
    // A GitLab server behind a load balancer has the rule already.
    if (!member.connections.hasRuleFrom(balancer, this.port))
      member.connections.allowFrom(balancer, this.port, "load balancer");
    // UDP targets are checked over TCP.
    if (this.port.protocol === "udp") member.connections.allowFrom(balancer, Port.tcp(this.port.from), "health check");
  }

  private check(port: number, draining: Duration, healthCheck: HealthCheck): void {
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw ELB006.violation({ at: this, given: `port ${port}`, fix: "use 1 to 65535" });
    if (draining.toSeconds() > 3_600)
      throw ELB006.violation({ at: this, given: `draining of ${draining.toString()}`, fix: "use at most one hour" });
    if (this.kind === "application" && healthCheck.protocol === "TCP")
      throw ELB004.violation({
        at: this,
        given: "a health check by TCP for HTTP targets",
        fix: 'use HealthCheck.http("/health")',
      });
  }
}
