import { NetworkingSubnetV2 } from "@cdktf/provider-openstack/lib/networking-subnet-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { Name } from "../../core/name";
import type { Cloud } from "../cloud";
import { OST004, OST005 } from "../rules";
import { allocationPool, checkedAutomaticAddresses } from "./automatic-addresses";
import type { INetwork } from "./network";

/** A subnet, made here or elsewhere, on any cloud of the family. */
export interface ISubnet {
  readonly networkId: string;
  readonly subnetId: string;
  readonly cidr: Cidr;
  readonly cloud: Cloud;
  /** Addresses that the cloud keeps for itself. */
  readonly reservedAddresses: readonly string[];
  /** Addresses that the cloud hands out by itself and nobody may choose. */
  readonly automaticAddresses?: Cidr | undefined;
  /** What a machine in the subnet should depend on: its ways in and out. */
  readonly routing: readonly ITerraformDependable[];
  /** What a floating IP in front of the subnet should depend on. Refuses where no gateway leads to it. */
  floatingIpNeeds(at: Construct): readonly ITerraformDependable[];
}

export interface SubnetProps {
  readonly network: INetwork;
  /** Block of a /28 or larger, inside of the network's. */
  readonly cidr: Cidr;
  /**
   * Name in the dashboard.
   * @default - made from the construct's path
   */
  readonly name?: string;
  /**
   * Whether floating IPs may stand in front of its addresses. Without them a machine opens connections to the internet
   * through its router, and nobody opens one to it.
   * @default false
   */
  readonly floatingIps?: boolean;
  /**
   * Addresses that the cloud hands out by itself. All others of the block are for addresses that are planned.
   * @default - the upper half of the block
   */
  readonly automaticAddresses?: Cidr;
  /**
   * Name servers that machines are told, in this order.
   * @default - the cloud's own
   */
  readonly dnsServers?: readonly string[];
}

/** What has to be known of a subnet that somebody else made. */
export interface SubnetAttributes {
  readonly network: INetwork;
  readonly subnetId: string;
  readonly cidr: Cidr;
  /** Whether a router leads to it from an external network. */
  readonly floatingIps: boolean;
}

/**
 * Defines a subnet of OpenStack.
 *
 * Creates the subnet, with DHCP and its first address as gateway. The cloud hands out addresses from one part of the block; the
 * rest is for addresses that are planned, so the two never meet. Free of charge on most clouds.
 *
 * Errors: OST001, OST020.
 *
 * @example new Subnet(this, "Public", { network, cidr: Cidr.parse("172.31.16.0/20"), floatingIps: true });
 */
export class Subnet extends Construct implements ISubnet {
  /** A subnet whose id is known. Which addresses are handed out automatically is not, so planned ones are the caller's affair. */
  static fromAttributes(scope: Construct, id: string, attributes: SubnetAttributes): ISubnet {
    return new ImportedSubnet(scope, id, attributes);
  }

  readonly networkId: string;
  readonly subnetId: string;
  readonly cidr: Cidr;
  readonly cloud: Cloud;
  readonly reservedAddresses: readonly string[];
  readonly automaticAddresses: Cidr;
  private readonly floatingIps: boolean;
  private readonly routes: ITerraformDependable[] = [];
  private router: { readonly path: string; readonly isExternal: boolean } | undefined;

  constructor(scope: Construct, id: string, props: SubnetProps) {
    super(scope, id);
    const { network, cidr } = props;
    network.admit(this, cidr);
    this.networkId = network.networkId;
    this.cidr = cidr;
    this.cloud = network.cloud;
    this.reservedAddresses = reserved(cidr);
    this.automaticAddresses = checkedAutomaticAddresses(this, cidr, props.automaticAddresses);
    this.floatingIps = props.floatingIps ?? false;
    const resource = new NetworkingSubnetV2(this, "Resource", {
      name: props.name ?? Name.of(this).toString(),
      networkId: network.networkId,
      cidr: cidr.toString(),
      ipVersion: 4,
      gatewayIp: cidr.address(1),
      enableDhcp: true,
      allocationPool: [allocationPool(cidr, this.automaticAddresses)],
      ...(props.dnsServers === undefined ? {} : { dnsNameservers: [...props.dnsServers] }),
    });
    this.node.defaultChild = resource;
    this.subnetId = resource.id;
  }

  get routing(): readonly ITerraformDependable[] {
    return this.routes;
  }

  /** Notes a router's interface and routes; refuses a second router. */
  connect(router: Construct, isExternal: boolean, ...routing: readonly ITerraformDependable[]): void {
    if (this.router !== undefined && this.router.path !== router.node.path)
      throw OST005.violation({
        at: router,
        given: `${this.node.path} is connected to ${this.router.path}`,
        fix: "connect it to one router; its gateway address is taken",
      });
    this.router = { path: router.node.path, isExternal };
    this.routes.push(...routing);
  }

  floatingIpNeeds(at: Construct): readonly ITerraformDependable[] {
    const refuse = (given: string, fix: string) => OST004.violation({ at, given, fix });
    if (!this.floatingIps)
      throw refuse(
        `a floating IP in ${this.node.path}, a private subnet`,
        "say floatingIps: true, or use another subnet",
      );
    if (this.router?.isExternal !== true)
      throw refuse(
        `a floating IP in ${this.node.path}, to which no router leads from outside`,
        "connect it to a router with an external network first",
      );
    return this.routes;
  }
}

class ImportedSubnet extends Construct implements ISubnet {
  readonly networkId: string;
  readonly subnetId: string;
  readonly cidr: Cidr;
  readonly cloud: Cloud;
  readonly reservedAddresses: readonly string[];
  readonly routing: readonly ITerraformDependable[] = [];
  private readonly floatingIps: boolean;

  constructor(scope: Construct, id: string, attributes: SubnetAttributes) {
    super(scope, id);
    this.networkId = attributes.network.networkId;
    this.subnetId = attributes.subnetId;
    this.cidr = attributes.cidr;
    this.cloud = attributes.network.cloud;
    this.reservedAddresses = reserved(attributes.cidr);
    this.floatingIps = attributes.floatingIps;
  }

  floatingIpNeeds(at: Construct): readonly ITerraformDependable[] {
    if (!this.floatingIps)
      throw OST004.violation({
        at,
        given: `a floating IP in ${this.node.path}, a private subnet`,
        fix: "use a subnet that a router leads to from outside",
      });
    return [];
  }
}

/** Network, gateway, broadcast. */
function reserved(cidr: Cidr): readonly string[] {
  return [0, 1, -1].map((n) => cidr.address(n));
}
