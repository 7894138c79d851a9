import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import type { Tags } from "../../core/tags";
import type { DataDisk } from "./data-disk";
import type { Disk } from "./disk";
import { CMP007 } from "./rules";

/** Properties of {@link DataDiskVolume}. */
export interface DataDiskVolumeProps {
  readonly dataDisk: DataDisk;
  /** Letter of the machine's zone. */
  readonly zone: string;
  /** Name of the machine's zone, for example `ap-northeast-2a`. */
  readonly zoneName: string;
  readonly tags: Tags;
}

/** The volume of a data disk and its attachment. Created by `Instance`. */
export class DataDiskVolume extends Construct {
  /** Id of the volume. */
  readonly volumeId: string;
  /** Last letter of the device. */
  readonly device: string;
  /** Directory where it is mounted; undefined if it is only attached. */
  readonly mount: string | undefined;

  constructor(scope: Construct, id: string, props: DataDiskVolumeProps) {
    super(scope, id);
    const { dataDisk } = props;
    this.device = dataDisk.device ?? "f";
    this.mount = dataDisk.mount;
    this.volumeId = this.existingIn(props) ?? (dataDisk.disk === undefined ? "" : this.create(props, dataDisk.disk));
  }

  /** Attaches the volume. A mounted volume cannot be detached, so the machine is stopped before it is. */
  attachTo(instanceId: string): void {
    new VolumeAttachment(this, "Attachment", {
      deviceName: `/dev/sd${this.device}`,
      volumeId: this.volumeId,
      instanceId,
      stopInstanceBeforeDetaching: true,
    });
  }

  private existingIn({ dataDisk: { volume }, zone }: DataDiskVolumeProps): string | undefined {
    if (volume === undefined || volume.zone === zone) return volume?.volumeId;
    throw CMP007.violation({
      at: this,
      given: `volume ${volume.volumeId} in zone ${volume.zone}, the machine in zone ${zone}`,
      fix: `use a subnet in zone ${volume.zone}, or create a volume from a snapshot in zone ${zone}`,
    });
  }

  private create({ dataDisk: { snapshotId, isKept }, zoneName, tags }: DataDiskVolumeProps, disk: Disk): string {
    const volume = new EbsVolume(this, "Resource", {
      availabilityZone: zoneName,
      size: disk.size.toGibibytes(),
      type: disk.type,
      encrypted: true,
      ...disk.performance,
      ...defined({
        kmsKeyId: disk.encryptionKey?.keyArn,
        snapshotId,
        finalSnapshot: isKept ? true : undefined,
        // The snapshot is the source of the data at creation: another one later would replace the volume and its data.
        lifecycle: lifecycleOf(isKept, snapshotId),
      }),
      tags: { ...tags, Name: Name.of(this).tag() },
    });
    this.node.defaultChild = volume;
    return volume.id;
  }
}

function lifecycleOf(isKept: boolean, snapshotId: string | undefined): object | undefined {
  if (!isKept && snapshotId === undefined) return undefined;
  return {
    ...(isKept ? { preventDestroy: true } : {}),
    ...(snapshotId === undefined ? {} : { ignoreChanges: ["snapshot_id"] }),
  };
}
