import type { ComputeInstanceV2BlockDevice } from "@groundwork/provider-openstack/lib/compute-instance-v2";
import { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { isToken } from "../core/token";
import type { FlavorSize } from "./cloud";
import { Instance } from "./compute/instance";

/** Kinds of objects that a cloud limits by number, with the types of the resources that create one object each. */
const TYPES = {
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
} as const;

export type CountedKind = keyof typeof TYPES;

/** Objects that exist in every project: the group `default` and its four rules. */
const PREDEFINED: Readonly<Partial<Record<CountedKind, number>>> = { securityGroups: 1, securityGroupRules: 4 };

const VOLUME = "openstack_blockstorage_volume_v3";

type Disk = Pick<ComputeInstanceV2BlockDevice, "destinationType" | "volumeSize">;

/** Arguments of machines and volumes, read by name: `instanceof` fails for another copy of the bindings. */
interface VolumeArguments {
  readonly blockDeviceInput?: unknown;
  readonly sizeInput?: number;
}

/** Resources of a tree of constructs. */
export class ProjectUsage {
  private readonly resources: readonly TerraformResource[];
  private readonly machines: readonly Instance[];

  constructor(
    tree: readonly IConstruct[],
    /** Sizes of flavors whose names do not contain them. */
    private readonly flavors: Readonly<Record<string, FlavorSize>>,
  ) {
    this.resources = tree.filter((construct) => TerraformResource.isTerraformResource(construct));
    this.machines = tree.filter((construct) => Instance.isInstance(construct));
  }

  /** Number of objects of a kind, including those that exist in every project. */
  count(kind: CountedKind): number {
    const types: readonly string[] = TYPES[kind].map((type) => `openstack_${type}`);
    const own = this.resources.filter(({ terraformResourceType }) => types.includes(terraformResourceType)).length;
    return own + (PREDEFINED[kind] ?? 0);
  }

  /** Sizes in GiB of all volumes: those that machines are created with, and separate ones. */
  get volumes(): readonly number[] {
    return this.resources.flatMap((resource) => {
      const { blockDeviceInput, sizeInput } = resource as TerraformResource & VolumeArguments;
      if (resource.terraformResourceType === VOLUME) return [sizeInput ?? 0];
      const disks = Array.isArray(blockDeviceInput) ? (blockDeviceInput as readonly Disk[]) : [];
      return disks
        .filter(({ destinationType }) => destinationType === "volume")
        .map(({ volumeSize }) => volumeSize ?? 0);
    });
  }

  /** Sizes of the machines whose flavor's size is known. */
  get sizes(): readonly FlavorSize[] {
    return this.machines.map((machine) => this.sizeOf(machine)).filter((size) => size !== undefined);
  }

  /** Names of flavors whose size is not known. */
  get unknownFlavors(): readonly string[] {
    const unknown = this.machines.filter((machine) => this.sizeOf(machine) === undefined).map(({ flavor }) => flavor);
    return [...new Set(unknown)].filter((flavor) => !isToken(flavor));
  }

  private sizeOf({ cloud, flavor }: Instance): FlavorSize | undefined {
    return this.flavors[flavor] ?? cloud.sizeOf(flavor);
  }
}
