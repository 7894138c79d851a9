import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { Construct } from "constructs";
import { type Port } from "../../core/port";
import type { LoadBalancerAttributes } from "./application-load-balancer";
import { TLS_POLICY } from "./application-listener";
import { certificateArns, type ICertificate } from "./certificate-arn";
import { importedLoadBalancer } from "./imported-load-balancer";
import { type ILoadBalancer, LoadBalancer, type LoadBalancerProps } from "./load-balancer";
import { ELB006 } from "./rules";
import type { ITargetGroup } from "./target-group";

/** Properties of {@link NetworkLoadBalancer}. */
export interface NetworkLoadBalancerProps extends LoadBalancerProps {
  /**
   * Whether each address distributes to the targets of all zones; traffic between zones is billed.
   * @default false
   */
  readonly crossZone?: boolean;
}

/** Options of `addListener`. */
export interface NetworkListenerOptions {
  /** Port of the listener: `Port.tcp(5432)` or `Port.udp(514)`. */
  readonly port: Port;
  /** Targets, in a group with the protocol TCP or UDP. */
  readonly targetGroup: ITargetGroup;
  /**
   * Certificate with which the load balancer terminates TLS; the targets receive TCP.
   * @default - none: connections are forwarded unchanged
   */
  readonly certificate?: ICertificate;
}

/**
 * Defines a load balancer for TCP, UDP and TLS.
 *
 * Creates a security group, which is open to the clients at the ports of its listeners, and the load balancer. Rules between the load balancer
 * and the targets are added on both ends. A network load balancer cannot get a security group later, so it always has one.
 *
 * Cost: about $16 a month and $4.40 for each unit of traffic (NLCU), and $3.65 for each public address.
 *
 * Errors: ELB001 to ELB003, ELB005, SEC001.
 *
 * @example
 * const balancer = new NetworkLoadBalancer(this, "Database", { network });
 * balancer.addListener({ port: Port.tcp(5432), targetGroup: database });
 */
export class NetworkLoadBalancer extends LoadBalancer {
  /** An existing load balancer. */
  static fromAttributes(scope: Construct, id: string, attributes: LoadBalancerAttributes): ILoadBalancer {
    return importedLoadBalancer(scope, id, attributes);
  }

  constructor(scope: Construct, id: string, props: NetworkLoadBalancerProps) {
    super(scope, id, props, "network", { enableCrossZoneLoadBalancing: props.crossZone ?? false });
  }

  /** Adds a listener. */
  addListener({ port, targetGroup, certificate }: NetworkListenerOptions): void {
    this.checkPort(port, certificate);
    this.open(port);
    const [certificateArn] = certificateArns(certificate === undefined ? [] : [certificate], this.region, this);
    const listener = new LbListener(this, `listener-${port.protocol}-${port.from}`, {
      loadBalancerArn: this.loadBalancerArn,
      port: port.from,
      protocol: certificateArn === undefined ? port.protocol.toUpperCase() : "TLS",
      ...(certificateArn === undefined ? {} : { certificateArn, sslPolicy: TLS_POLICY }),
      defaultAction: [{ type: "forward", targetGroupArn: targetGroup.targetGroupArn }],
    });
    const { kind, label, connections } = this;
    targetGroup.addBalancer({ kind, label, connections, listener });
  }

  private checkPort(port: Port, certificate: ICertificate | undefined): void {
    const isListener = (port.protocol === "tcp" || port.protocol === "udp") && port.from === port.to && port.from > 0;
    if (isListener && (certificate === undefined || port.protocol === "tcp")) return;
    throw ELB006.violation({
      at: this,
      given: `a listener at ${port.toString()}${certificate === undefined ? "" : " with a certificate"}`,
      fix: "use one port: Port.tcp(5432) or Port.udp(514), with a certificate Port.tcp(443)",
    });
  }
}
