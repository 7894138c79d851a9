import { Size } from "../../core/size";
import { GLB019 } from "../rules";

/** Options of a data volume. */
export interface DataVolumeOptions {
  /** Size of the volume; when it is raised, the file system grows within an hour, without a restart. @default - 100 GiB */
  readonly size?: Size;
  /** Snapshot to restore. @default - none: an empty volume */
  readonly snapshotId?: string;
}

/**
 * Defines the volume with the persistent data of a server: repositories, database, artifacts, secrets.
 *
 * It is a separate resource: a replaced machine uses the data of its predecessor.
 *
 * @example DataVolume.kept({ size: Size.gibibytes(200) }); DataVolume.existing("vol-0123456789abcdef0", "a")
 */
export class DataVolume {
  /** A volume with `prevent_destroy` and a final snapshot. */
  static kept(options: DataVolumeOptions = {}): DataVolume {
    return new DataVolume(options, true);
  }

  /** A volume that is destroyed with its stack, for test environments. */
  static disposable(options: DataVolumeOptions = {}): DataVolume {
    return new DataVolume(options, false);
  }

  /** An existing volume and its zone, for example `"a"`. */
  static existing(volumeId: string, zone: string): DataVolume {
    return new DataVolume({}, true, { volumeId, zone });
  }

  /** Size of the volume. */
  readonly size: Size;
  /** Snapshot with which the volume starts. */
  readonly snapshotId: string | undefined;

  private constructor(
    options: DataVolumeOptions,

    /** Whether the volume outlives the server. */
    readonly isKept: boolean,
    /** An existing volume and its zone; undefined for a new one. */
    readonly existing?: { readonly volumeId: string; readonly zone: string },
  ) {
    this.size = options.size ?? Size.gibibytes(100);
    // Source: "General Purpose SSD volumes" in the Amazon EBS user guide.
    if (this.size.toMebibytes() > 65_536 * 1024)
      throw GLB019.violation({ at: "DataVolume", given: this.size.toString(), fix: "use at most Size.tebibytes(64)" });
    this.snapshotId = options.snapshotId;
  }
}
