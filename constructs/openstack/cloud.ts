import { Limit } from "../boot/limit";
import { Size } from "../core/size";

/** Smallest and largest size of a disk. */
export interface DiskBounds {
  /** Smallest size. */
  readonly least: Size;
  /** Largest size. */
  readonly most: Size;
}

/** vCPUs and memory of a flavor. */
export interface FlavorSize {
  /** Number of virtual processors. */
  readonly vCpus: number;
  /** Memory. */
  readonly memory: Size;
}

/** Services that not every OpenStack cloud offers to Terraform. */
export type Service = "volumes" | "load balancers" | "firewall groups";

/** Placement policy of a server group, as Nova names it. */
export type Policy = "affinity" | "anti-affinity" | "soft-affinity" | "soft-anti-affinity";

/** The properties in which OpenStack clouds differ. Constructs validate against them. */
export interface Cloud {
  /** Name of the cloud in error messages. */
  readonly name: string;
  /** Pattern of flavor names, and a valid example for error messages. */
  readonly flavors: { readonly pattern: RegExp; readonly example: string };
  /** Size of a flavor, if its name contains it. */
  sizeOf(flavor: string): FlavorSize | undefined;
  /** Bounds of the root disk of a machine with this flavor; `"local"` when the disk is part of the flavor. */
  rootDiskOf(flavor: string): DiskBounds | "local";
  /** Bounds of a data disk. */
  readonly dataDisk: DiskBounds;
  /** Names of the volume types; `undefined` when each installation defines its own. */
  readonly volumeTypes: readonly string[] | undefined;
  /** Maximum number of network interfaces of a machine. */
  readonly nics: number;
  /** Maximum number of allowed address pairs of a port. */
  readonly addressPairs: number;
  /** Maximum number of name servers of a subnet. */
  readonly dnsServers: number;
  /** Maximum size of user data. */
  readonly userData: Limit;
  /** Optional services that the cloud offers. */
  readonly services: readonly Service[];
  /** API of load balancers: Octavia, or Neutron's older API, which has fewer options and adds one member at a time. */
  readonly loadBalancerApi: "octavia" | "neutron-lbaas";
  /** Placement policies that the cloud supports. */
  readonly policies: readonly Policy[];
  /** Whether the cloud confirms a change of flavor by itself; other clouds wait for a confirmation by the client. */
  readonly confirmsResize: boolean;
  /** Field of a floating IP that contains its description. A label has at most 64 characters. */
  readonly floatingIpTextField: "description" | "label";
  /**
   * Whether images can be counted before one is selected, which gives a better error for a name without a match. This uses an
   * argument of Glance's list that not every cloud documents.
   */
  readonly countsImages: boolean;
}

/**
 * Standard OpenStack: Keystone v3, Neutron, Nova, Cinder, Octavia.
 *
 * The operator defines the flavors, so their names contain no size. 26 interfaces fit on the first PCI bus of a machine
 * together with its other devices (Nova's virtio guests). A port has ten allowed address pairs and a subnet five
 * name servers (Neutron's options `max_allowed_address_pair` and `max_dns_nameservers`); a cloud with other values is
 * `{ ...OPENSTACK, addressPairs: 20 }`.
 */
export const OPENSTACK: Cloud = {
  name: "OpenStack",
  flavors: { pattern: /^\S(.*\S)?$/, example: "m1.medium" },
  sizeOf: () => undefined,
  rootDiskOf: () => ({ least: Size.gibibytes(1), most: Size.tebibytes(16) }),
  dataDisk: { least: Size.gibibytes(1), most: Size.tebibytes(16) },
  volumeTypes: undefined,
  nics: 26,
  addressPairs: 10,
  dnsServers: 5,
  userData: Limit.OPENSTACK,
  services: ["volumes", "load balancers", "firewall groups"],
  loadBalancerApi: "octavia",
  policies: ["affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"],
  confirmsResize: false,
  floatingIpTextField: "description",
  countsImages: true,
};
