import { LbLoadbalancerV2 } from "@cdktf/provider-openstack/lib/lb-loadbalancer-v2";
import { NetworkingFloatingipAssociateV2 } from "@cdktf/provider-openstack/lib/networking-floatingip-associate-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import { demandService } from "../demand-service";
import { OST016, OST018 } from "../rules";
import { takeAddress } from "./fixed-address";
import type { IFloatingIp } from "./floating-ip";
import type { ListenerProps } from "./listener";
import { makeListener, refuseUnfitListener } from "./listener";
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
   * What may reach it. NHN Cloud's API takes none.
   * @default - what the cloud opens by itself: the ports of its listeners
   */
  readonly securityGroups?: readonly ISecurityGroup[];
}

/**
 * Defines a load balancer of Octavia or, on NHN Cloud, of the API that came before it.
 *
 * Creates the balancer with its address and, for each listener, a pool with its members and their health check. The cloud
 * changes one part of a balancer at a time, so each is made after the one before it. Cost: by the hour on most clouds, where
 * it is one machine or two of the operator's.
 *
 * Errors: OST002 to OST004, OST016, OST018, OST022.
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
  /** The part that is made last so far. */
  private last: ITerraformDependable;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    this.refuse(props);
    const { subnet, fixedAddress, floatingIp, securityGroups } = props;
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
    this.last = resource;
    this.loadBalancerId = resource.id;
    this.fixedAddress = resource.vipAddress;
    this.floatingAddress = floatingIp?.floatingIpAddress;
    if (floatingIp !== undefined) this.connect(subnet, floatingIp, resource.vipPortId);
  }

  /** What somebody should depend on who needs all that it serves by now. */
  get ready(): readonly ITerraformDependable[] {
    return [this.last];
  }

  /** Spreads the connections to a port over machines. The id is a noun: what is served. */
  addListener(id: string, props: ListenerProps): void {
    this.refuseListener(id, props);
    const { loadBalancerId, subnet, last } = this;
    this.last = makeListener(new Construct(this, id), { ...props, loadBalancerId, subnet, last });
  }

  private refuse({ subnet: { cloud }, securityGroups }: LoadBalancerProps): void {
    demandService(this, cloud, "load balancers", "put a floating IP in front of the machine instead");
    if (securityGroups !== undefined && cloud.loadBalancerApi === "neutron-lbaas")
      throw OST016.violation({
        at: this,
        given: `security groups of a load balancer on ${cloud.name}`,
        fix: "leave them out, and say in its targets' groups who may come",
      });
  }

  private refuseListener(id: string, props: ListenerProps): void {
    refuseUnfitListener(this, this.subnet.cloud, id, props);
    const { port } = props;
    const other = this.ports.get(port);
    if (other !== undefined)
      throw OST018.violation({
        at: this,
        given: `"${id}" and "${other}" on port ${port}`,
        fix: "give one another port",
      });
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
