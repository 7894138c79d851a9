import { Construct } from "constructs";
import { defined } from "../../core/defined";
import type { Disk } from "../compute/disk";
import type { IFlavor } from "../compute/flavor";
import type { IImage } from "../compute/image";
import { Instance } from "../compute/instance";
import type { IKeyPair } from "../compute/key-pair";
import type { IMachine } from "../compute/machine";
import { Nic } from "../compute/nic";
import type { IExternalNetwork } from "../network/external-network";
import { FloatingIp, type IFloatingIp } from "../network/floating-ip";
import type { ISubnet } from "../network/subnet";
import type { ISecurityGroup } from "../security/security-group";
import { bastionBoot } from "./bastion-boot";

/** Public address of a bastion: a new floating IP from `external`, or an existing `floatingIp`. */
export type BastionAddress =
  | {
      /** Network from which a new floating IP is allocated. */
      readonly external: IExternalNetwork;
    }
  | {
      /** An existing floating IP. */
      readonly floatingIp: IFloatingIp;
    };

/** The machine of a bastion, without its public address. */
export interface BastionMachineProps {
  /** A subnet that allows floating IPs. */
  readonly subnet: ISubnet;
  /** Ingress and egress of the bastion: `bastion` of an `Administration`. */
  readonly securityGroup: ISecurityGroup;
  /** `new Flavor(...)`; the smallest flavor is sufficient. */
  readonly flavor: IFlavor;
  /** `new Image(...)` of Ubuntu or Debian. */
  readonly image: IImage;
  /** `new KeyPair(...)`: the key that logs in. */
  readonly keyPair: IKeyPair;
  /**
   * Address in the subnet.
   * @default - assigned by the cloud
   */
  readonly fixedAddress?: string;
  /**
   * Host name.
   * @default - derived from the construct's path
   */
  readonly name?: string;
  /**
   * Root disk: `size`, `type`, `keep`.
   * @default - 20 GiB of the cloud's default type, deleted with the machine
   */
  readonly rootDisk?: Disk;
  /**
   * Availability zone.
   * @default - chosen by the cloud
   */
  readonly zone?: string;
}

/** Properties of {@link BastionHost}. */
export type BastionHostProps = BastionAddress & BastionMachineProps;

/**
 * Defines a bastion: the machine through which administrators reach machines without a floating IP.
 *
 * Creates the machine with its port and, unless one is given, its floating IP. SSH accepts keys only and never root; users can
 * connect to further machines through it (`ssh -J`), but agents, tunnels and displays are not forwarded. Security updates are
 * installed automatically. The machine is stateless: a change of its first-boot program replaces it and keeps the address.
 * Cost: a small flavor, its disk and the floating IP, per hour.
 *
 * Errors: OST002 to OST004, OST011, OST015.
 *
 * @example
 * new BastionHost(this, "BastionHost", {
 *   subnet: publicSubnet, external: internet, securityGroup: administration.bastion, flavor: small, image, keyPair,
 * });
 */
export class BastionHost extends Construct {
  /** The machine. */
  readonly machine: IMachine;
  /** Public address that administrators connect to. */
  readonly floatingAddress: string;

  constructor(scope: Construct, id: string, props: BastionHostProps) {
    super(scope, id);
    const { subnet, securityGroup, flavor, image, keyPair, fixedAddress, name, rootDisk, zone } = props;
    const floatingIp = this.floatingIpOf(props);
    const instance = new Instance(this, "Default", {
      flavor,
      image,
      keyPair,
      nics: [Nic.in(subnet, { floatingIp, ...defined({ fixedAddress }) })],
      securityGroups: [securityGroup],
      ...defined({ name, rootDisk, zone }),
      boot: bastionBoot(),
    });
    this.node.defaultChild = instance.node.defaultChild;
    this.machine = instance;
    this.floatingAddress = floatingIp.floatingIpAddress;
  }

  private floatingIpOf(address: BastionAddress): IFloatingIp {
    if ("floatingIp" in address) return address.floatingIp;
    return new FloatingIp(this, "FloatingIp", { external: address.external, description: "bastion" });
  }
}
