import { NetworkingFloatingipAssociateV2 } from "@cdktf/provider-openstack/lib/networking-floatingip-associate-v2";
import { NetworkingPortV2 } from "@cdktf/provider-openstack/lib/networking-port-v2";
import type { ITerraformDependable } from "cdktf";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { Name } from "../../core/name";
import type { Cloud } from "../cloud";
import { OPENSTACK } from "../cloud";
import { takeAddress } from "./fixed-address";
import type { IFloatingIp } from "./floating-ip";
import type { ISecurityGroup } from "./security-group";
import type { ISubnet } from "./subnet";

/** A network interface of a machine, made here or elsewhere. */
export interface IPort {
  readonly portId: string;
  readonly networkId: string;
  readonly cloud: Cloud;
  /** Its address in the subnet. */
  readonly fixedAddress: string;
  /** Its address in the internet; nothing when it has none. */
  readonly floatingAddress: string | undefined;
  readonly securityGroups: readonly ISecurityGroup[];
  /** What a machine with this interface should depend on, so that it finds its ways open. */
  readonly ready: readonly ITerraformDependable[];
}

export interface PortProps {
  readonly subnet: ISubnet;
  /** What may pass. `[]` shuts the port but for what its own machine starts to itself. */
  readonly securityGroups: readonly ISecurityGroup[];
  /**
   * Address in the subnet: planned, see `HostPlan`.
   * @default - the cloud's choice
   */
  readonly fixedAddress?: string;
  /**
   * Address of the internet that leads here.
   * @default - none
   */
  readonly floatingIp?: IFloatingIp;
  /**
   * Blocks whose packets may leave and enter besides those of the port's own address: pods of a cluster, virtual IPs.
   * @default - none: the cloud drops them as forged
   */
  readonly allowedAddresses?: readonly (Cidr | string)[];
  /**
   * Name in the dashboard.
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/** What has to be known of a port that somebody else made. */
export interface PortAttributes {
  readonly portId: string;
  readonly networkId: string;
  readonly fixedAddress: string;
  /** @default - none */
  readonly floatingAddress?: string;
  /** @default - none that are known */
  readonly securityGroups?: readonly ISecurityGroup[];
  /** @default - OpenStack as it is installed */
  readonly cloud?: Cloud;
}

/**
 * Defines a network interface: its subnet, its addresses, and what may pass.
 *
 * Creates the port and, where it has a floating IP, the connection between the two, which is undone before the port goes.
 * It outlives the machine that it is given to. Free of charge.
 *
 * Errors: OST002, OST003, OST004.
 *
 * @example
 * new Port(this, "External", { subnet, securityGroups: [web], fixedAddress: hosts.address("web", 1), floatingIp });
 */
export class Port extends Construct implements IPort {
  /** A port whose id is known. */
  static fromAttributes(scope: Construct, id: string, attributes: PortAttributes): IPort {
    return new ImportedPort(scope, id, attributes);
  }

  readonly portId: string;
  readonly networkId: string;
  readonly cloud: Cloud;
  readonly fixedAddress: string;
  readonly floatingAddress: string | undefined;
  readonly securityGroups: readonly ISecurityGroup[];
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PortProps) {
    super(scope, id);
    const { subnet, fixedAddress, floatingIp, securityGroups } = props;
    if (fixedAddress !== undefined) takeAddress(this, subnet, fixedAddress);
    const resource = new NetworkingPortV2(this, "Resource", {
      name: props.name ?? Name.of(this).toString(),
      networkId: subnet.networkId,
      adminStateUp: true,
      fixedIp: [{ subnetId: subnet.subnetId, ...(fixedAddress === undefined ? {} : { ipAddress: fixedAddress }) }],
      ...(securityGroups.length === 0
        ? { noSecurityGroups: true }
        : { securityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId) }),
      ...(props.allowedAddresses === undefined
        ? {}
        : { allowedAddressPairs: props.allowedAddresses.map((block) => ({ ipAddress: block.toString() })) }),
    });
    this.node.defaultChild = resource;
    this.portId = resource.id;
    this.networkId = subnet.networkId;
    this.cloud = subnet.cloud;
    this.fixedAddress = fixedAddress ?? Token.asString(Fn.element(resource.allFixedIps, 0));
    this.securityGroups = securityGroups;
    this.floatingAddress = floatingIp?.floatingIpAddress;
    const way = floatingIp === undefined ? [] : [this.connect(subnet, floatingIp)];
    this.ready = [...subnet.routing, ...way];
  }

  private connect(subnet: ISubnet, floatingIp: IFloatingIp): ITerraformDependable {
    const needs = subnet.floatingIpNeeds(this);
    floatingIp.assign(this);
    return new NetworkingFloatingipAssociateV2(this, "FloatingIp", {
      floatingIp: floatingIp.floatingIpAddress,
      portId: this.portId,
      dependsOn: [...needs],
    });
  }
}

class ImportedPort extends Construct implements IPort {
  readonly portId: string;
  readonly networkId: string;
  readonly cloud: Cloud;
  readonly fixedAddress: string;
  readonly floatingAddress: string | undefined;
  readonly securityGroups: readonly ISecurityGroup[];
  readonly ready: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, attributes: PortAttributes) {
    super(scope, id);
    this.portId = attributes.portId;
    this.networkId = attributes.networkId;
    this.cloud = attributes.cloud ?? OPENSTACK;
    this.fixedAddress = attributes.fixedAddress;
    this.floatingAddress = attributes.floatingAddress;
    this.securityGroups = attributes.securityGroups ?? [];
  }
}
