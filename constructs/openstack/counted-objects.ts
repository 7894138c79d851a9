/** Kinds of objects that a cloud limits by number. */
export type CountedKind =
  | "machines"
  | "floatingIps"
  | "networks"
  | "subnets"
  | "ports"
  | "routers"
  | "securityGroups"
  | "securityGroupRules"
  | "keyPairs"
  | "serverGroups"
  | "loadBalancers";

/** The types of the resources that create one object of a kind each. */
const TYPES: Readonly<Record<CountedKind, readonly string[]>> = {
  machines: ["compute_instance_v2"],
  floatingIps: ["networking_floatingip_v2"],
  networks: ["networking_network_v2"],
  subnets: ["networking_subnet_v2"],
  // The interface of a router and the address of a load balancer are ports as well.
  ports: ["networking_port_v2", "networking_router_interface_v2", "lb_loadbalancer_v2"],
  routers: ["networking_router_v2"],
  securityGroups: ["networking_secgroup_v2"],
  securityGroupRules: ["networking_secgroup_rule_v2"],
  keyPairs: ["compute_keypair_v2"],
  serverGroups: ["compute_servergroup_v2"],
  loadBalancers: ["lb_loadbalancer_v2"],
};

/** Objects that exist in every project: the group `default` and its four rules. */
export const PREDEFINED_OBJECTS: Readonly<Partial<Record<CountedKind, number>>> = {
  securityGroups: 1,
  securityGroupRules: 4,
};

/** A disk of a machine, by the arguments of the resource. */
export interface CountedDisk {
  /** Whether the disk is a volume or local to the host. */
  readonly destinationType?: string | undefined;
  /** Size in GiB. */
  readonly volumeSize?: number | undefined;
}

/** The arguments of a machine or a volume that determine its volumes. */
export interface VolumeArguments {
  /** Disks of the machine. */
  readonly disks: readonly CountedDisk[];
  /** Size of the volume in GiB; undefined for a machine. */
  readonly size: number | undefined;
}

/** Number of objects of a kind that resources of the given types create, for example of `openstack_networking_port_v2`. */
export function countObjects(kind: CountedKind, types: readonly string[]): number {
  const counted: readonly string[] = TYPES[kind].map((type) => `openstack_${type}`);
  return types.filter((type) => counted.includes(type)).length;
}

/** Sizes in GiB of the volumes that a resource creates: those that a machine is created with, or a separate one. */
export function volumeSizes(type: string, { disks, size }: VolumeArguments): readonly number[] {
  if (type === "openstack_blockstorage_volume_v3") return [size ?? 0];
  if (type !== "openstack_compute_instance_v2") return [];
  return disks.filter(({ destinationType }) => destinationType === "volume").map(({ volumeSize }) => volumeSize ?? 0);
}
