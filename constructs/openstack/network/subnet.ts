import { NetworkingSubnetV2 } from "@groundwork/provider-openstack/lib/networking-subnet-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { defined } from "../../core/defined";
import type { Cloud } from "../cloud";
import { displayName } from "../display-name";
import { OBJECT_NAME } from "../limits";
import { OST004, OST005 } from "../rules";
import { checkedDnsServers } from "./dns-servers";
import { allocationPool, checkedAutomaticAddresses } from "./automatic-addresses";
import type { INetwork } from "./network";

/** A subnet of any OpenStack cloud, created by this app or imported. */
export interface ISubnet {
  /** Id of the network. */
  readonly networkId: string;
  /** Id of the subnet. */
  readonly subnetId: string;
  /** Block of addresses. */
  readonly cidr: Cidr;
  /** Cloud of the resource, which determines its limits and defaults. */
  readonly cloud: Cloud;
  /** Addresses that the cloud reserves. */
  readonly reservedAddresses: readonly string[];
  /** Addresses that the cloud assigns automatically; they cannot be planned. */
  readonly automaticAddresses?: Cidr | undefined;
  /** Dependencies of a machine in the subnet: its routes. */
  readonly routing: readonly ITerraformDependable[];
  /** Dependencies of a floating IP's connection in the subnet. Throws if the internet cannot reach the subnet. */
  floatingIpDependencies(at: Construct): readonly ITerraformDependable[];
}

/** Properties of {@link Subnet}. */
export interface SubnetProps {
  /** Network of the subnet. */
  readonly network: INetwork;
  /** Block inside the network's block, a /28 or larger. */
  readonly cidr: Cidr;
  /**
   * Name in the dashboard.
   * @default - derived from the construct's path
   */
  readonly name?: string;
  /**
   * Whether its addresses may have floating IPs. Without a floating IP a machine has egress to the internet through its router, and no
   * ingress.
   * @default false
   */
  readonly floatingIps?: boolean;
  /**
   * Block inside the subnet whose addresses the cloud assigns automatically. All other addresses are available for planning.
   * @default - the upper half of the block
   */
  readonly automaticAddresses?: Cidr;
  /**
   * Addresses of the name servers of the machines, in order of preference; at most five on most clouds.
   * @default - those of the cloud
   */
  readonly dnsServers?: readonly string[];
}

/** Attributes of an existing subnet. */
export interface SubnetAttributes {
  /** Network of the subnet. */
  readonly network: INetwork;
  /** Id of the subnet. */
  readonly subnetId: string;
  /** Block of addresses. */
  readonly cidr: Cidr;
  /** Whether a router connects it to an external network. */
  readonly floatingIps: boolean;
}

/**
 * Defines a subnet of OpenStack.
 *
 * Creates the subnet, with DHCP and its first address as gateway. The cloud assigns addresses from one part of the block; the rest is
 * available for planned addresses, so the two never conflict. Cost: free of charge on most clouds.
 *
 * Errors: OST001, OST020, OST026, TXT001.
 *
 * @example new Subnet(this, "Public", { network, cidr: Cidr.parse("172.31.16.0/20"), floatingIps: true });
 */
export class Subnet extends Construct implements ISubnet {
  /** Imports an existing subnet. Its routes must exist. Planned addresses are not checked against its allocation pool, which is unknown. */
  static fromAttributes(scope: Construct, id: string, attributes: SubnetAttributes): ISubnet {
    class Import extends Construct implements ISubnet {
      readonly networkId = attributes.network.networkId;
      readonly subnetId = attributes.subnetId;
      readonly cidr = attributes.cidr;
      readonly cloud = attributes.network.cloud;
      readonly reservedAddresses = reserved(attributes.cidr);
      readonly routing = [];

      floatingIpDependencies(at: Construct): readonly ITerraformDependable[] {
        if (attributes.floatingIps) return [];
        throw OST004.violation({
          at,
          given: `a floating IP in ${this.node.path}, a private subnet`,
          fix: "use a subnet that a router connects to an external network",
        });
      }
    }
    return new Import(scope, id);
  }

  /** Id of the network. */
  readonly networkId: string;
  /** Id of the subnet. */
  readonly subnetId: string;
  /** Block of addresses. */
  readonly cidr: Cidr;
  /** Cloud of the resource, which determines its limits and defaults. */
  readonly cloud: Cloud;
  readonly reservedAddresses: readonly string[];
  readonly automaticAddresses: Cidr;
  private readonly floatingIps: boolean;
  private readonly routes: ITerraformDependable[] = [];
  private router: { readonly path: string; readonly isExternal: boolean } | undefined;

  constructor(scope: Construct, id: string, props: SubnetProps) {
    super(scope, id);
    const { network, cidr } = props;
    network.addSubnet(this, cidr);
    this.networkId = network.networkId;
    this.cidr = cidr;
    this.cloud = network.cloud;
    this.reservedAddresses = reserved(cidr);
    this.automaticAddresses = checkedAutomaticAddresses(this, cidr, props.automaticAddresses);
    this.floatingIps = props.floatingIps ?? false;
    const resource = new NetworkingSubnetV2(this, "Resource", {
      name: displayName(this, props.name, OBJECT_NAME),
      networkId: network.networkId,
      cidr: cidr.toString(),
      ipVersion: 4,
      gatewayIp: cidr.address(1),
      enableDhcp: true,
      allocationPool: [allocationPool(cidr, this.automaticAddresses)],
      ...defined({ dnsNameservers: props.dnsServers && checkedDnsServers(this, props.dnsServers, this.cloud) }),
    });
    this.node.defaultChild = resource;
    this.subnetId = resource.id;
  }

  get routing(): readonly ITerraformDependable[] {
    return this.routes;
  }

  /** Registers a router's interface and routes; rejects a second router. */
  connect(router: Construct, isExternal: boolean, ...routing: readonly ITerraformDependable[]): void {
    if (this.router !== undefined && this.router.path !== router.node.path)
      throw OST005.violation({
        at: router,
        given: `${this.node.path} is connected to ${this.router.path}`,
        fix: "connect it to one router, which uses the gateway address",
      });
    this.router = { path: router.node.path, isExternal };
    this.routes.push(...routing);
  }

  floatingIpDependencies(at: Construct): readonly ITerraformDependable[] {
    const violation = (given: string, fix: string) => OST004.violation({ at, given, fix });
    if (!this.floatingIps)
      throw violation(
        `a floating IP in ${this.node.path}, a private subnet`,
        "set floatingIps: true, or use another subnet",
      );
    if (this.router?.isExternal !== true)
      throw violation(
        `a floating IP in ${this.node.path}, which no router connects to an external network`,
        "connect it to a router with an external network first",
      );
    return this.routes;
  }
}

/** Network, gateway and broadcast address. */
function reserved(cidr: Cidr): readonly string[] {
  return [0, 1, -1].map((n) => cidr.address(n));
}
