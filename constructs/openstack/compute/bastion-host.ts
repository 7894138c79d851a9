import { Construct } from "constructs";
import type { IExternalNetwork } from "../network/external-network";
import type { IFloatingIp } from "../network/floating-ip";
import { FloatingIp } from "../network/floating-ip";
import type { ISecurityGroup } from "../network/security-group";
import type { ISubnet } from "../network/subnet";
import { bastionBoot } from "./bastion-boot";
import type { Disk } from "./disk";
import type { IFlavor } from "./flavor";
import type { IImage } from "./image";
import { Instance } from "./instance";
import type { IKeyPair } from "./key-pair";
import type { IMachine } from "./machine";
import { Nic } from "./nic";

/** Where its address of the internet comes from. */
type Outside =
  | {
      /** Network where it gets one of its own. */
      readonly external: IExternalNetwork;
    }
  | {
      /** One that there is. */
      readonly floatingIp: IFloatingIp;
    };

interface Inside {
  /** A subnet that floating IPs may stand in front of. */
  readonly subnet: ISubnet;
  /** Who reaches it, and what it reaches: `bastion` of an `Administration`. */
  readonly securityGroup: ISecurityGroup;
  /** The smallest will do. */
  readonly flavor: IFlavor;
  /** An image of Ubuntu or Debian. */
  readonly image: IImage;
  readonly keyPair: IKeyPair;
  /**
   * Address in the subnet.
   * @default - the cloud's choice
   */
  readonly fixedAddress?: string;
  /**
   * Host name.
   * @default - made from the construct's path
   */
  readonly name?: string;
  /**
   * Disk that it starts from.
   * @default - 20 GiB of the cloud's usual type
   */
  readonly rootDisk?: Disk;
  /**
   * Zone.
   * @default - the cloud's choice
   */
  readonly zone?: string;
}

export type BastionHostProps = Inside & Outside;

/**
 * Defines the machine that administrators come through to those without a floating IP.
 *
 * Creates the machine with its port and, unless it is given one, its floating IP. SSH takes keys only and never root; whoever
 * logs in may jump on (`ssh -J`), and agents, tunnels and displays are not passed on. Security updates install themselves.
 * Nothing is kept on it: a change of what it does at its first start makes a new one behind the same address.
 * Cost: a small flavor, its disk and the floating IP, by the hour.
 *
 * Errors: OST002 to OST004, OST011, OST015.
 *
 * @example
 * new BastionHost(this, "BastionHost", {
 *   subnet: publicSubnet, external: internet, securityGroup: administration.bastion, flavor: small, image, keyPair,
 * });
 */
export class BastionHost extends Construct {
  readonly machine: IMachine;
  /** Address of the internet that administrators connect to. */
  readonly floatingAddress: string;

  constructor(scope: Construct, id: string, props: BastionHostProps) {
    super(scope, id);
    const { subnet, securityGroup, flavor, image, keyPair, fixedAddress, name, rootDisk, zone } = props;
    const floatingIp = this.floatingIpOf(props);
    const instance = new Instance(this, "Default", {
      ...{ flavor, image, keyPair },
      nics: [Nic.in(subnet, { floatingIp, ...(fixedAddress === undefined ? {} : { fixedAddress }) })],
      securityGroups: [securityGroup],
      ...(name === undefined ? {} : { name }),
      ...(rootDisk === undefined ? {} : { rootDisk }),
      ...(zone === undefined ? {} : { zone }),
      boot: bastionBoot(),
    });
    this.node.defaultChild = instance.node.defaultChild;
    this.machine = instance;
    this.floatingAddress = floatingIp.floatingIpAddress;
  }

  private floatingIpOf(outside: Outside): IFloatingIp {
    if ("floatingIp" in outside) return outside.floatingIp;
    return new FloatingIp(this, "FloatingIp", { external: outside.external, description: "bastion" });
  }
}
