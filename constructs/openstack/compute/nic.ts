import type { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import type { Cloud } from "../cloud";
import type { IFloatingIp } from "../network/floating-ip";
import type { IPort } from "../network/port";
import { Port } from "../network/port";
import type { ISecurityGroup } from "../network/security-group";
import type { ISubnet } from "../network/subnet";

/** What a new interface is like beyond its subnet. */
export interface NicProps {
  /** @default - the cloud's choice */
  readonly fixedAddress?: string;
  /** @default - none */
  readonly floatingIp?: IFloatingIp;
  /** @default - those of the machine */
  readonly securityGroups?: readonly ISecurityGroup[];
  /** @default - none */
  readonly allowedAddresses?: readonly (Cidr | string)[];
}

/**
 * Defines one network interface of a machine: made with it, or there before it.
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

  /** A port that is there already, with its own addresses and security groups. */
  static existing(port: IPort): Nic {
    return new Nic(() => port, port.cloud, false);
  }

  private constructor(
    /** Makes the interface of a machine whose groups are given, or takes the one that is there. */
    readonly bind: (scope: Construct, id: string, groups: readonly ISecurityGroup[]) => IPort,
    readonly cloud: Cloud,
    /** Whether it is made with the machine. */
    readonly isNew: boolean,
  ) {}
}
