import type { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import type { Cloud } from "../cloud";
import type { IFloatingIp } from "../network/floating-ip";
import { type IPort, Port } from "../network/port";
import type { ISubnet } from "../network/subnet";
import type { ISecurityGroup } from "../security/security-group";

/** Properties of a new interface. */
export interface NicProps {
  /**
   * Address in the subnet.
   * @default - assigned by the cloud
   */
  readonly fixedAddress?: string;
  /**
   * Floating IP to connect.
   * @default - none
   */
  readonly floatingIp?: IFloatingIp;
  /**
   * Security groups of the interface.
   * @default - those of the machine
   */
  readonly securityGroups?: readonly ISecurityGroup[];
  /**
   * Further source and destination blocks, such as pods or virtual IPs.
   * @default - none
   */
  readonly allowedAddresses?: readonly (Cidr | string)[];
}

/**
 * Defines a network interface of a machine: a new or an existing port.
 *
 * @example Nic.in(subnet, { fixedAddress: hosts.address("worker", 1) }); Nic.existing(port)
 */
export class Nic {
  /** A new interface in a subnet. */
  static in(subnet: ISubnet, props: NicProps = {}): Nic {
    return new Nic(
      (scope, id, groups) => new Port(scope, id, { securityGroups: groups, ...props, subnet }),
      subnet.cloud,
      true,
    );
  }

  /** An existing port, with its own addresses and security groups. */
  static existing(port: IPort): Nic {
    return new Nic(() => port, port.cloud, false);
  }

  private constructor(
    /** Returns the existing port, or creates one; the groups are those of the machine. */
    readonly bind: (scope: Construct, id: string, groups: readonly ISecurityGroup[]) => IPort,

    /** Cloud of the resource, which determines its limits and defaults. */
    readonly cloud: Cloud,
    /** Whether the port is created with the machine. */
    readonly isNew: boolean,
  ) {}
}
