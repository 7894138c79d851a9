import { NetworkingFloatingipAssociateV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-associate-v2";
import { NetworkingPortV2 } from "@groundwork/provider-openstack/lib/networking-port-v2";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { defined } from "../../core/defined";
import { type Cloud, OPENSTACK } from "../cloud";
import { displayName } from "../display-name";
import { OBJECT_NAME } from "../limits";
import type { ISecurityGroup } from "../security/security-group";
import { addressPairs } from "./allowed-addresses";
import { reserveAddress } from "./fixed-address";
import type { IFloatingIp } from "./floating-ip";
import type { ISubnet } from "./subnet";

/** A network interface of a machine, created by this app or imported. */
export interface IPort {
  /** Id of the port. */
  readonly portId: string;
  /** Id of the network. */
  readonly networkId: string;
  /** Cloud of the resource, which determines its limits and defaults. */
  readonly cloud: Cloud;
  /** Address in the subnet. */
  readonly fixedAddress: string;
  /** Floating address; `undefined` without a floating IP. */
  readonly floatingAddress: string | undefined;
  /** Security groups of the port. */
  readonly securityGroups: readonly ISecurityGroup[];
  /** Dependencies of a machine with this interface: its routes and the connection of its floating IP. */
  readonly ready: readonly ITerraformDependable[];
}

/** Properties of {@link Port}. */
export interface PortProps {
  /** A subnet of OpenStack or NHN Cloud. */
  readonly subnet: ISubnet;
  /** Security groups. `[]` denies all ingress except replies to connections of the port's own machine. */
  readonly securityGroups: readonly ISecurityGroup[];
  /**
   * Planned address in the subnet; see `HostPlan`.
   * @default - assigned by the cloud
   */
  readonly fixedAddress?: string;
  /**
   * Floating IP to connect.
   * @default - none
   */
  readonly floatingIp?: IFloatingIp;
  /**
   * Source and destination blocks in addition to the port's own address, such as pods of a cluster or virtual IPs; at most ten on most
   * clouds.
   * @default - none: the cloud drops such packets as spoofed
   */
  readonly allowedAddresses?: readonly (Cidr | string)[];
  /**
   * Name in the dashboard.
   * @default - derived from the construct's path
   */
  readonly name?: string;
}

/** Attributes of an existing port. */
export interface PortAttributes {
  /** Id of the port. */
  readonly portId: string;
  /** Id of the network. */
  readonly networkId: string;
  /** Address in the subnet. */
  readonly fixedAddress: string;
  /** Address of its floating IP. @default - none */
  readonly floatingAddress?: string;
  /** Security groups of the port. @default - unknown: no rules can be added */
  readonly securityGroups?: readonly ISecurityGroup[];
  /** Cloud of the port. @default - standard OpenStack */
  readonly cloud?: Cloud;
}

/**
 * Defines a network interface: its subnet, its addresses and its security groups.
 *
 * Creates the port and, with a floating IP, the connection between the two, which is removed before the port. The port outlives the
 * machine that uses it. Cost: free of charge.
 *
 * Errors: OST002, OST003, OST004, OST023, TXT001.
 *
 * @example
 * new Port(this, "External", { subnet, securityGroups: [web], fixedAddress: hosts.address("web", 1), floatingIp });
 */
export class Port extends Construct implements IPort {
  /** Imports an existing port. */
  static fromAttributes(scope: Construct, id: string, attributes: PortAttributes): IPort {
    class Import extends Construct implements IPort {
      readonly portId = attributes.portId;
      readonly networkId = attributes.networkId;
      readonly cloud = attributes.cloud ?? OPENSTACK;
      readonly fixedAddress = attributes.fixedAddress;
      readonly floatingAddress = attributes.floatingAddress;
      readonly securityGroups = attributes.securityGroups ?? [];
      readonly ready = [];
    }
    return new Import(scope, id);
  }

  /** Id of the port. */
  readonly portId: string;
  /** Id of the network. */
  readonly networkId: string;
  /** Cloud of the resource, which determines its limits and defaults. */
  readonly cloud: Cloud;
  readonly fixedAddress: string;
  readonly floatingAddress: string | undefined;
  /** Security groups of the port. */
  readonly securityGroups: readonly ISecurityGroup[];
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PortProps) {
    super(scope, id);
    const { subnet, fixedAddress, floatingIp, securityGroups } = props;
    if (fixedAddress !== undefined) reserveAddress(this, subnet, fixedAddress);
    const resource = new NetworkingPortV2(this, "Resource", {
      name: displayName(this, props.name, OBJECT_NAME),
      networkId: subnet.networkId,
      adminStateUp: true,
      fixedIp: [{ subnetId: subnet.subnetId, ...defined({ ipAddress: fixedAddress }) }],
      ...(securityGroups.length === 0
        ? { noSecurityGroups: true }
        : { securityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId) }),
      ...defined({ allowedAddressPairs: addressPairs(this, props.allowedAddresses, subnet.cloud) }),
    });
    this.node.defaultChild = resource;
    this.portId = resource.id;
    this.networkId = subnet.networkId;
    this.cloud = subnet.cloud;
    this.fixedAddress = fixedAddress ?? Token.asString(Fn.element(resource.allFixedIps, 0));
    this.securityGroups = securityGroups;
    this.floatingAddress = floatingIp?.floatingIpAddress;
    const connection = floatingIp === undefined ? [] : [this.connect(subnet, floatingIp)];
    this.ready = [...subnet.routing, ...connection];
  }

  private connect(subnet: ISubnet, floatingIp: IFloatingIp): ITerraformDependable {
    const dependencies = subnet.floatingIpDependencies(this);
    floatingIp.assign(this);
    return new NetworkingFloatingipAssociateV2(this, "FloatingIp", {
      floatingIp: floatingIp.floatingIpAddress,
      portId: this.portId,
      dependsOn: [...dependencies],
    });
  }
}
