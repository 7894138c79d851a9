import type { ComputeInstanceV2BlockDevice } from "@groundwork/provider-openstack/lib/compute-instance-v2";
import type { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Size } from "../../core/size";
import { escapeTerraform } from "../../core/token";
import type { Cloud, DiskBounds } from "../cloud";
import { OST011 } from "../rules";

/** A disk of a machine. */
export interface Disk {
  /** Size, in whole GiB. */
  readonly size: Size;
  /**
   * Name of the volume type in the cloud, such as `General SSD`.
   * @default - the cloud's default type
   */
  readonly type?: string;
  /**
   * Whether the disk is kept when the machine is destroyed.
   * @default false
   */
  readonly keep?: boolean;
}

/** The machine that a disk is created for. */
export interface DiskContext {
  readonly at: Construct;
  readonly cloud: Cloud;
  readonly flavor: string;
}

/** Default size of a root disk: the size used in the lab, and the minimum on NHN Cloud. */
const DEFAULT = Size.gibibytes(20);

/** Root disk of a machine, created from an image; `undefined` when the disk is part of the flavor. */
export function rootDisk({ at, cloud, flavor }: DiskContext, disk: Disk | undefined, imageId: string) {
  const bounds = cloud.rootDiskOf(flavor);
  if (bounds === "local") {
    if (disk !== undefined)
      throw OST011.violation({
        at,
        given: `a root disk of ${disk.size.toString()} for ${flavor}, whose disk is part of the flavor`,
        fix: "remove rootDisk, or use another flavor",
      });
    return undefined;
  }
  const requested = disk ?? { size: DEFAULT };
  checkDisk(at, `root disk of ${flavor}`, requested, bounds, cloud);
  return device({ sourceType: "image", uuid: imageId, bootIndex: 0 }, requested);
}

/** Further, empty disks, in the given order. */
export function dataDisks({ at, cloud }: DiskContext, disks: readonly Disk[]): readonly ComputeInstanceV2BlockDevice[] {
  return disks.map((disk, index) => {
    checkDisk(at, `data disk ${index + 1}`, disk, cloud.dataDisk, cloud);
    return device({ sourceType: "blank", bootIndex: index + 1 }, disk);
  });
}

/** Rejects a disk whose size or type the cloud does not support. */
export function checkDisk(
  at: Construct,
  label: string,
  { size, type }: Pick<Disk, "size" | "type">,
  { least, most }: DiskBounds,
  cloud: Cloud,
): void {
  if (size.toMebibytes() < least.toMebibytes() || size.toMebibytes() > most.toMebibytes())
    throw OST011.violation({
      at,
      given: `${label} of ${size.toString()}`,
      fix: `use a size that ${cloud.name} supports: ${least.toString()} to ${most.toString()}`,
    });
  if (type !== undefined && cloud.volumeTypes !== undefined && !cloud.volumeTypes.includes(type))
    throw OST011.violation({
      at,
      given: `${label} of type "${type}"`,
      fix: `use a type of ${cloud.name}: ${cloud.volumeTypes.map((name) => `"${name}"`).join(", ")}`,
    });
}

function device(
  source: Pick<ComputeInstanceV2BlockDevice, "sourceType" | "uuid" | "bootIndex">,
  { size, type, keep = false }: Disk,
): ComputeInstanceV2BlockDevice {
  return {
    ...source,
    destinationType: "volume",
    volumeSize: size.toGibibytes(),
    ...defined({ volumeType: type && escapeTerraform(type) }),
    deleteOnTermination: !keep,
  };
}
