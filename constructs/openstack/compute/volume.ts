import { BlockstorageVolumeV3 } from "@groundwork/provider-openstack/lib/blockstorage-volume-v3";
import { ComputeVolumeAttachV2 } from "@groundwork/provider-openstack/lib/compute-volume-attach-v2";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import type { Size } from "../../core/size";
import { escapeTerraform } from "../../core/token";
import { type Cloud, OPENSTACK } from "../cloud";
import { displayName } from "../display-name";
import { OBJECT_NAME } from "../limits";
import { requireService } from "../require-service";
import { checkDisk } from "./disk";
import type { IMachine } from "./machine";

/** Properties of {@link Volume}. */
export interface VolumeProps {
  /** Size, in whole GiB. It can grow while the volume is attached; the machine then enlarges the file system. It cannot shrink. */
  readonly size: Size;
  /** Machine that the volume is attached to. It can be changed: the data stays on the volume. */
  readonly machine: IMachine;
  /**
   * Name of the volume type in the cloud. With provider versions before 2.0 a change creates a new, empty volume.
   * @default - the cloud's default type
   */
  readonly type?: string;
  /**
   * Availability zone. It must be the machine's zone if the cloud does not attach volumes across zones.
   * @default - chosen by the cloud
   */
  readonly zone?: string;
  /**
   * Whether Terraform rejects destroying the volume.
   * @default true
   */
  readonly isProtected?: boolean;
  /**
   * Name in the dashboard.
   * @default - derived from the construct's path
   */
  readonly name?: string;
  /**
   * Cloud of the volume.
   * @default - standard OpenStack
   */
  readonly cloud?: Cloud;
}

/**
 * Defines a data volume that outlives the machine it is attached to.
 *
 * Creates the volume, which Terraform does not destroy unless `isProtected` is false, and its attachment. The machine formats and
 * mounts it. Cost: per gigabyte and hour.
 *
 * Errors: OST011, OST016, TXT001.
 *
 * @example new Volume(this, "Data", { size: Size.gibibytes(100), machine: database });
 */
export class Volume extends Construct {
  /** Id of the volume. */
  readonly volumeId: string;
  /** Device path reported by the cloud; the guest may use another path. */
  readonly device: string;

  constructor(scope: Construct, id: string, props: VolumeProps) {
    super(scope, id);
    const { size, type, zone, machine, isProtected = true, cloud = OPENSTACK } = props;
    requireService(this, cloud, "volumes", "use dataDisks of the machine");
    checkDisk(this, "volume", { size, ...defined({ type }) }, cloud.dataDisk, cloud);
    const resource = new BlockstorageVolumeV3(this, "Resource", {
      name: displayName(this, props.name, OBJECT_NAME),
      size: size.toGibibytes(),
      // Otherwise the provider plans an update in place and then fails: the volume is attached.
      enableOnlineResize: true,
      ...defined({
        volumeType: type && escapeTerraform(type),
        availabilityZone: zone && escapeTerraform(zone),
      }),
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
