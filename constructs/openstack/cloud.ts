import { Limit } from "../boot/limit";
import { Size } from "../core/size";

/** Smallest and largest size of a disk. */
export interface DiskBounds {
  readonly least: Size;
  readonly most: Size;
}

/** What a flavor has. */
export interface FlavorSize {
  readonly vCpus: number;
  readonly memory: Size;
}

/** Services that not every cloud of the family offers to Terraform. */
export type Service = "volumes" | "load balancers" | "firewall groups";

/** Where machines of a group stand, by the words of Nova. */
export type Policy = "affinity" | "anti-affinity" | "soft-affinity" | "soft-anti-affinity";

/**
 * What is true of one cloud of the OpenStack family and not of all. Constructs check against it; nothing is created.
 */
export interface Cloud {
  /** Name, as it appears in errors. */
  readonly name: string;
  /** What flavor names look like, and one for whoever has mistyped his. */
  readonly flavors: { readonly pattern: RegExp; readonly example: string };
  /** What a flavor has, where its name tells. */
  sizeOf(flavor: string): FlavorSize | undefined;
  /** Bounds of the disk that a machine of the flavor starts from; `"local"` when the disk comes with the flavor. */
  rootDiskOf(flavor: string): DiskBounds | "local";
  /** Bounds of a further disk. */
  readonly dataDisk: DiskBounds;
  /** Types of volumes by name; nothing when every installation has its own. */
  readonly volumeTypes: readonly string[] | undefined;
  /** Most network interfaces of a machine. */
  readonly nics: number;
  readonly userData: Limit;
  readonly services: readonly Service[];
  /** What makes load balancers: Octavia, or the part of Neutron that came before it, which takes less and a member at a time. */
  readonly loadBalancerApi: "octavia" | "neutron-lbaas";
  readonly policies: readonly Policy[];
  /** Whether the cloud itself ends a change of flavor, which elsewhere waits for a word from whoever asked for it. */
  readonly confirmsResize: boolean;
  /** Field in which a floating IP carries words for people. */
  readonly floatingIpWords: "description" | "label";
  /**
   * Whether images can be counted before one is taken, which gives a better error for a name that matches none. It takes an
   * argument of Glance's list that not every cloud documents.
   */
  readonly countsImages: boolean;
}

/**
 * OpenStack as it is installed without changes: Keystone v3, Neutron, Nova, Cinder, Octavia.
 *
 * Flavors are the operator's own, so their names say nothing. 26 interfaces are what the first PCI bus of a machine takes
 * with everything else that is on it (Nova's virtio guests).
 */
export const OPENSTACK: Cloud = {
  name: "OpenStack",
  flavors: { pattern: /^\S(.*\S)?$/, example: "m1.medium" },
  sizeOf: () => undefined,
  rootDiskOf: () => ({ least: Size.gibibytes(1), most: Size.tebibytes(16) }),
  dataDisk: { least: Size.gibibytes(1), most: Size.tebibytes(16) },
  volumeTypes: undefined,
  nics: 26,
  userData: Limit.OPENSTACK,
  services: ["volumes", "load balancers", "firewall groups"],
  loadBalancerApi: "octavia",
  policies: ["affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"],
  confirmsResize: false,
  floatingIpWords: "description",
  countsImages: true,
};
