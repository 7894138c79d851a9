import { LbListenerV2 } from "@cdktf/provider-openstack/lib/lb-listener-v2";
import { LbLoadbalancerV2 } from "@cdktf/provider-openstack/lib/lb-loadbalancer-v2";
import { LbMembersV2 } from "@cdktf/provider-openstack/lib/lb-members-v2";
import { LbMonitorV2 } from "@cdktf/provider-openstack/lib/lb-monitor-v2";
import { LbPoolV2 } from "@cdktf/provider-openstack/lib/lb-pool-v2";
import { NetworkingFloatingipAssociateV2 } from "@cdktf/provider-openstack/lib/networking-floatingip-associate-v2";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import { demandService } from "../demand-service";
import { OST018 } from "../rules";
import { takeAddress } from "./fixed-address";
import type { IFloatingIp } from "./floating-ip";
import { HealthCheck } from "./health-check";
import type { ISecurityGroup } from "./security-group";
import type { ISubnet } from "./subnet";

export interface LoadBalancerProps {
  /** Subnet of its address. */
  readonly subnet: ISubnet;
  /**
   * Address in the subnet.
   * @default - the cloud's choice
   */
  readonly fixedAddress?: string;
  /**
   * Address of the internet that leads to it.
   * @default - none: it serves the network
   */
  readonly floatingIp?: IFloatingIp;
  /**
   * What may reach it.
   * @default - what Octavia opens by itself: the ports of its listeners
   */
  readonly securityGroups?: readonly ISecurityGroup[];
}

/** A machine behind a listener. */
export interface Target {
  /** Host name: key of the member. */
  readonly name: string;
  readonly fixedAddress: string;
}

export interface ListenerProps {
  /** Port that clients connect to. */
  readonly port: number;
  /** Where connections go. */
  readonly targets: readonly Target[];
  /**
   * Subnet of the targets: the balancer gets a foot in it.
   * @default - the balancer's own, from where they are reached by its gateway
   */
  readonly targetSubnet?: ISubnet;
  /**
   * Port of the targets.
   * @default - the listener's
   */
  readonly targetPort?: number;
  /**
   * What is balanced: connections, or requests of HTTP with the client's address in a header.
   * @default "TCP"
   */
  readonly protocol?: "TCP" | "HTTP";
  /**
   * How a target is found to work.
   * @default - it takes connections
   */
  readonly healthCheck?: HealthCheck;
}

/**
 * Defines a load balancer of Octavia.
 *
 * Creates the balancer with its address and, for each listener, a pool with its members and their health check. Cost: by the
 * hour on most clouds, where it is one machine or two of the operator's.
 *
 * Errors: OST002 to OST004, OST016, OST018.
 *
 * @example
 * const balancer = new LoadBalancer(this, "Api", { subnet });
 * balancer.addListener("kubernetes", { port: 6443, targets: controlPlane });
 */
export class LoadBalancer extends Construct {
  readonly loadBalancerId: string;
  /** Address in the subnet. */
  readonly fixedAddress: string;
  readonly floatingAddress: string | undefined;
  private readonly subnet: ISubnet;
  private readonly ports = new Map<number, string>();

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { subnet, fixedAddress, floatingIp, securityGroups } = props;
    demandService(this, subnet.cloud, "load balancers", "put a floating IP in front of the machine instead");
    if (fixedAddress !== undefined) takeAddress(this, subnet, fixedAddress);
    const resource = new LbLoadbalancerV2(this, "Resource", {
      name: Name.of(this).toString(),
      vipSubnetId: subnet.subnetId,
      ...(fixedAddress === undefined ? {} : { vipAddress: fixedAddress }),
      ...(securityGroups === undefined ? {} : { securityGroupIds: securityGroups.map((one) => one.securityGroupId) }),
      dependsOn: [...subnet.routing],
    });
    this.node.defaultChild = resource;
    this.subnet = subnet;
    this.loadBalancerId = resource.id;
    this.fixedAddress = resource.vipAddress;
    this.floatingAddress = floatingIp?.floatingIpAddress;
    if (floatingIp !== undefined) this.connect(subnet, floatingIp, resource.vipPortId);
  }

  /** Spreads the connections to a port over machines. The id is a noun: what is served. */
  addListener(id: string, props: ListenerProps): void {
    this.refuseListener(id, props);
    const { port, targets, targetPort = port, protocol = "TCP", healthCheck = HealthCheck.tcp() } = props;
    // Said in any case: the provider sends an empty one otherwise, which is no id.
    const { subnetId } = props.targetSubnet ?? this.subnet;
    const scope = new Construct(this, id);
    const name = Name.of(scope).toString();
    const listener = new LbListenerV2(scope, "Resource", {
      name,
      loadbalancerId: this.loadBalancerId,
      protocol,
      protocolPort: port,
      ...(protocol === "HTTP" ? { insertHeaders: { "X-Forwarded-For": "true" } } : {}),
    });
    const pool = new LbPoolV2(scope, "Pool", { name, listenerId: listener.id, protocol, lbMethod: "ROUND_ROBIN" });
    const members = new LbMembersV2(scope, "Members", {
      poolId: pool.id,
      member: targets.map(({ name: target, fixedAddress }) => ({
        name: target,
        address: fixedAddress,
        protocolPort: targetPort,
        subnetId,
      })),
    });
    // Octavia changes one part of a balancer at a time: the check waits for the members.
    new LbMonitorV2(scope, "HealthCheck", { poolId: pool.id, ...healthCheck.settings, dependsOn: [members] });
  }

  private refuseListener(id: string, { port, targets }: ListenerProps): void {
    const refuse = (given: string, fix: string) => OST018.violation({ at: this, given, fix });
    const other = this.ports.get(port);
    if (other !== undefined) throw refuse(`"${id}" and "${other}" on port ${port}`, "give one another port");
    if (targets.length === 0) throw refuse(`"${id}" without targets`, "name a machine that answers");
    this.ports.set(port, id);
  }

  private connect(subnet: ISubnet, floatingIp: IFloatingIp, portId: string): void {
    const needs = subnet.floatingIpNeeds(this);
    floatingIp.assign(this);
    new NetworkingFloatingipAssociateV2(this, "FloatingIp", {
      floatingIp: floatingIp.floatingIpAddress,
      portId,
      dependsOn: [...needs],
    });
  }
}
