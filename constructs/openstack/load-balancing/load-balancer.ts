import { LbLoadbalancerV2 } from "@groundwork/provider-openstack/lib/lb-loadbalancer-v2";
import { NetworkingFloatingipAssociateV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-associate-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { reserveAddress } from "../network/fixed-address";
import type { IFloatingIp } from "../network/floating-ip";
import type { ISubnet } from "../network/subnet";
import { checkChildId } from "../child-id";
import { displayName } from "../display-name";
import { OBJECT_NAME } from "../limits";
import { requireService } from "../require-service";
import { OST016, OST018 } from "../rules";
import type { ISecurityGroup } from "../security/security-group";
import { createListener, type ListenerProps } from "./listener";
import { rejectInvalidListener } from "./listener-checks";

/** Properties of {@link LoadBalancer}. */
export interface LoadBalancerProps {
  /** Subnet of its address. */
  readonly subnet: ISubnet;
  /**
   * Address in the subnet. Set it if the subnet has planned addresses that the cloud could otherwise assign.
   * @default - assigned by the cloud
   */
  readonly fixedAddress?: string;
  /**
   * Floating IP to connect.
   * @default - none: it is reachable from the network only
   */
  readonly floatingIp?: IFloatingIp;
  /**
   * Security groups that restrict ingress. NHN Cloud's API does not support them.
   * @default - the cloud allows ingress to the ports of the listeners
   */
  readonly securityGroups?: readonly ISecurityGroup[];
}

/**
 * Defines a load balancer of Octavia or, on NHN Cloud, of Neutron's older API.
 *
 * Creates the load balancer with its address and, for each listener, a pool with its members and their health check. The cloud
 * changes one part of a load balancer at a time, so each part depends on the previous one. Cost: per hour on most clouds, where a load
 * balancer is one or two machines of the operator.
 *
 * Errors: OST002 to OST004, OST016, OST018, OST022, OST025, OST027, OST028.
 *
 * @example
 * const balancer = new LoadBalancer(this, "Api", { subnet });
 * balancer.addListener("kubernetes", { port: 6443, targets: controlPlane });
 */
export class LoadBalancer extends Construct {
  /** Id of the load balancer. */
  readonly loadBalancerId: string;
  /** Address in the subnet. */
  readonly fixedAddress: string;
  /** Address of its floating IP, if it has one. */
  readonly floatingAddress: string | undefined;
  private readonly subnet: ISubnet;
  private readonly ports = new Map<number, string>();
  /** The most recently created part. */
  private last: ITerraformDependable;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    this.check(props);
    const { subnet, fixedAddress, floatingIp, securityGroups } = props;
    if (fixedAddress !== undefined) reserveAddress(this, subnet, fixedAddress);
    const resource = new LbLoadbalancerV2(this, "Resource", {
      name: displayName(this, undefined, OBJECT_NAME),
      vipSubnetId: subnet.subnetId,
      ...defined({
        vipAddress: fixedAddress,
        securityGroupIds: securityGroups?.map(({ securityGroupId }) => securityGroupId),
      }),
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

  /** Dependencies of a resource that requires the listeners so far. */
  get ready(): readonly ITerraformDependable[] {
    return [this.last];
  }

  /** Balances the connections to a port over machines. The id is a noun: the service. */
  addListener(id: string, props: ListenerProps): void {
    this.checkListener(id, props);
    const { loadBalancerId, subnet, last } = this;
    this.last = createListener(new Construct(this, id), { ...props, loadBalancerId, subnet, last });
  }

  private check({ subnet: { cloud }, securityGroups }: LoadBalancerProps): void {
    requireService(this, cloud, "load balancers", "connect a floating IP to the machine instead");
    if (securityGroups !== undefined && cloud.loadBalancerApi === "neutron-lbaas")
      throw OST016.violation({
        at: this,
        given: `security groups of a load balancer on ${cloud.name}`,
        fix: "remove them, and restrict ingress in the security groups of the targets",
      });
  }

  private checkListener(id: string, props: ListenerProps): void {
    checkChildId(this, id, "listener");
    rejectInvalidListener(this, this.subnet.cloud, id, props);
    const { port } = props;
    const other = this.ports.get(port);
    if (other !== undefined)
      throw OST018.violation({
        at: this,
        given: `"${id}" and "${other}" on port ${port}`,
        fix: "use another port for one of the two",
      });
    this.ports.set(port, id);
  }

  private connect(subnet: ISubnet, floatingIp: IFloatingIp, portId: string): void {
    const dependencies = subnet.floatingIpDependencies(this);
    floatingIp.assign(this);
    new NetworkingFloatingipAssociateV2(this, "FloatingIp", {
      floatingIp: floatingIp.floatingIpAddress,
      portId,
      dependsOn: [...dependencies],
    });
  }
}
