import { isToken } from "../../core/token";
import { resourceId } from "../resource-id";
import type { Disk } from "./disk";
import { CMP006 } from "./rules";

/** Options of a data disk. */
export interface DataDiskOptions {
  /**
   * Directory where the file system is mounted, such as `/srv/data`. The first boot formats the volume once, when it has no file system, and
   * an hourly timer grows the file system after the volume has grown.
   * @default - not mounted: the volume is only attached
   */
  readonly mount?: string;
  /**
   * Last letter of the device, from f to p. Several disks need one each, so that a further disk does not move the others.
   * @default "f"
   */
  readonly device?: string;
  /**
   * Snapshot to restore. Source of the data at creation only.
   * @default - none: an empty volume
   */
  readonly snapshotId?: string;
}

/**
 * Defines a volume with data that survives the replacement of its machine.
 *
 * @example
 * DataDisk.kept(Disk.gp3({ size: Size.gibibytes(200) }), { mount: "/srv/data" });
 * DataDisk.existing("vol-0123456789abcdef0", "a", { mount: "/srv/data" });
 */
export class DataDisk {
  /** A volume with `prevent_destroy` and a final snapshot. */
  static kept(disk: Disk, options: DataDiskOptions = {}): DataDisk {
    return new DataDisk(options, true, disk, undefined);
  }

  /** A volume that is destroyed with its stack, for test environments. */
  static disposable(disk: Disk, options: DataDiskOptions = {}): DataDisk {
    return new DataDisk(options, false, disk, undefined);
  }

  /** An existing volume, with the letter of its zone. */
  static existing(volumeId: string, zone: string, options: Omit<DataDiskOptions, "snapshotId"> = {}): DataDisk {
    return new DataDisk(options, true, undefined, { volumeId: resourceId(volumeId, "volume"), zone });
  }

  /** File system and directory of the disk; undefined for a disk that is only attached. */
  readonly mount: string | undefined;
  /** Name of the device on the machine. */
  readonly device: string | undefined;
  /** Snapshot with which the disk starts. */
  readonly snapshotId: string | undefined;

  private constructor(
    options: DataDiskOptions,

    /** Whether the disk outlives its machine. */
    readonly isKept: boolean,
    /** Type and size; undefined for an existing volume. */
    readonly disk: Disk | undefined,

    /** Size, type and key of the disk. */
    readonly volume: { readonly volumeId: string; readonly zone: string } | undefined,
  ) {
    this.mount = options.mount === undefined ? undefined : checkedMount(options.mount);
    this.device = options.device === undefined ? undefined : checkedDevice(options.device);
    this.snapshotId = options.snapshotId === undefined ? undefined : resourceId(options.snapshotId, "snapshot");
  }
}

/** Directories of the system, which a mount would hide. */
const SYSTEM =
  /^\/(bin|boot|dev|etc|lib(32|64|x32)?|proc|root|run|sbin|sys|tmp|usr|var)?$|^\/(dev|proc|run|sys|tmp|etc)\//;

function checkedMount(path: string): string {
  const isPath = /^(\/[\w.@+-]+)+$/.test(path) && !/\/\.{1,2}(\/|$)/.test(path) && path.length <= 200;
  if (!isToken(path) && isPath && !SYSTEM.test(path)) return path;
  throw CMP006.violation({
    given: `mount point "${path}"`,
    fix: "use an absolute path outside of the system's directories, for example /srv/data",
  });
}

function checkedDevice(letter: string): string {
  if (/^[f-p]$/.test(letter)) return letter;
  throw CMP006.violation({ given: `device "${letter}"`, fix: "use one letter from f to p" });
}
