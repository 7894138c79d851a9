import { BlockstorageVolumeV3 } from "@cdktf/provider-openstack/lib/blockstorage-volume-v3";
import { ComputeVolumeAttachV2 } from "@cdktf/provider-openstack/lib/compute-volume-attach-v2";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { Size } from "../../core/size";
import type { Cloud } from "../cloud";
import { OPENSTACK } from "../cloud";
import { demandService } from "../demand-service";
import { check } from "./disk";
import type { IMachine } from "./machine";

export interface VolumeProps {
  readonly size: Size;
  /** The machine that has it. Another one can be named later: the data moves with the volume. */
  readonly machine: IMachine;
  /**
   * Type by its name in the cloud. A change makes a new volume with providers before 2.0.
   * @default - the cloud's own choice
   */
  readonly type?: string;
  /**
   * Zone: that of the machine, where the cloud does not attach across zones.
   * @default - the cloud's choice
   */
  readonly zone?: string;
  /**
   * Whether Terraform refuses to destroy it.
   * @default true
   */
  readonly isProtected?: boolean;
  /**
   * Name in the dashboard.
   * @default - made from the construct's path
   */
  readonly name?: string;
  /**
   * The cloud it lies in.
   * @default - OpenStack as it is installed
   */
  readonly cloud?: Cloud;
}

/**
 * Defines a data volume that outlives the machine it is attached to.
 *
 * Creates the volume, which Terraform refuses to destroy unless told otherwise, and its attachment. The machine formats and
 * mounts it. Cost: by the gigabyte and hour.
 *
 * Errors: OST011, OST016.
 *
 * @example new Volume(this, "Data", { size: Size.gibibytes(100), machine: database });
 */
export class Volume extends Construct {
  readonly volumeId: string;
  /** Where the machine is told that it finds the disk; guests may know better. */
  readonly device: string;

  constructor(scope: Construct, id: string, props: VolumeProps) {
    super(scope, id);
    const { size, type, zone, machine, isProtected = true, cloud = OPENSTACK } = props;
    demandService(this, cloud, "volumes", "give the machine dataDisks instead");
    check(this, "volume", { size, ...(type === undefined ? {} : { type }) }, cloud.dataDisk, cloud);
    const resource = new BlockstorageVolumeV3(this, "Resource", {
      name: props.name ?? Name.of(this).toString(),
      size: size.toGibibytes(),
      ...(type === undefined ? {} : { volumeType: type }),
      ...(zone === undefined ? {} : { availabilityZone: zone }),
      lifecycle: { preventDestroy: isProtected },
    });
    this.node.defaultChild = resource;
    this.volumeId = resource.id;
    const attachment = new ComputeVolumeAttachV2(this, "Attachment", {
      instanceId: machine.instanceId,
      volumeId: resource.id,
    });
    this.device = attachment.device;
  }
}
