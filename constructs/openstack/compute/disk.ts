import type { ComputeInstanceV2BlockDevice } from "@cdktf/provider-openstack/lib/compute-instance-v2";
import type { Construct } from "constructs";
import { Size } from "../../core/size";
import type { Cloud, DiskBounds } from "../cloud";
import { OST011 } from "../rules";

/** A disk of a machine. */
export interface Disk {
  readonly size: Size;
  /**
   * Type of volume by its name in the cloud, such as `General SSD`.
   * @default - the cloud's own choice
   */
  readonly type?: string;
  /**
   * Whether it is kept when the machine is destroyed.
   * @default false
   */
  readonly keep?: boolean;
}

/** What the disks of a machine are made for. */
export interface DiskSite {
  readonly at: Construct;
  readonly cloud: Cloud;
  readonly flavor: string;
}

/** Size of a disk that nobody has asked for: the lab's, and the least that NHN Cloud takes. */
const DEFAULT = Size.gibibytes(20);

/** Disk that a machine starts from, made of an image; none when it comes with the flavor. */
export function rootDisk({ at, cloud, flavor }: DiskSite, disk: Disk | undefined, imageId: string) {
  const bounds = cloud.rootDiskOf(flavor);
  if (bounds === "local") {
    if (disk !== undefined)
      throw OST011.violation({
        at,
        given: `a root disk of ${disk.size.toString()} for ${flavor}, whose disk is part of the flavor`,
        fix: "leave it out, or take another flavor",
      });
    return undefined;
  }
  const wanted = disk ?? { size: DEFAULT };
  check(at, `root disk of ${flavor}`, wanted, bounds, cloud);
  return device({ sourceType: "image", uuid: imageId, bootIndex: 0 }, wanted);
}

/** Further, empty disks, in their order. */
export function dataDisks({ at, cloud }: DiskSite, disks: readonly Disk[]): readonly ComputeInstanceV2BlockDevice[] {
  return disks.map((disk, index) => {
    check(at, `data disk ${index + 1}`, disk, cloud.dataDisk, cloud);
    return device({ sourceType: "blank", bootIndex: index + 1 }, disk);
  });
}

/** Refuses a disk that its cloud would refuse. */
export function check(at: Construct, what: string, { size, type }: Disk, bounds: DiskBounds, cloud: Cloud): void {
  const { least, most } = bounds;
  if (size.toMebibytes() < least.toMebibytes() || size.toMebibytes() > most.toMebibytes())
    throw OST011.violation({
      at,
      given: `${what} of ${size.toString()}`,
      fix: `${cloud.name} takes ${least.toString()} to ${most.toString()}`,
    });
  if (type !== undefined && cloud.volumeTypes !== undefined && !cloud.volumeTypes.includes(type))
    throw OST011.violation({
      at,
      given: `${what} of type "${type}"`,
      fix: `${cloud.name} has ${cloud.volumeTypes.map((name) => `"${name}"`).join(", ")}`,
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
    ...(type === undefined ? {} : { volumeType: type }),
    deleteOnTermination: !keep,
  };
}
