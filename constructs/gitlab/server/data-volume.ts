import { Size } from "../../core/size";

/** What a data volume can be told. */
export interface DataVolumeOptions {
  /** @default - 100 GiB */
  readonly size?: Size;
  /** Snapshot that it begins with. @default - it begins empty */
  readonly snapshotId?: string;
}

/**
 * Defines the volume with everything a server must not lose: repositories, database, artifacts, secrets.
 *
 * It is a resource of its own: a new server finds the old one's data.
 *
 * @example DataVolume.kept({ size: Size.gibibytes(200) }); DataVolume.existing("vol-0123456789abcdef0", "a")
 */
export class DataVolume {
  /** A volume that Terraform refuses to destroy. */
  static kept(options: DataVolumeOptions = {}): DataVolume {
    return new DataVolume(options, true);
  }

  /** A volume that ends with its stack, for a lab. */
  static disposable(options: DataVolumeOptions = {}): DataVolume {
    return new DataVolume(options, false);
  }

  /** A volume that stands, in a zone. */
  static existing(volumeId: string, zone: string): DataVolume {
    return new DataVolume({}, true, { volumeId, zone });
  }

  readonly size: Size;
  readonly snapshotId: string | undefined;

  private constructor(
    options: DataVolumeOptions,
    readonly isKept: boolean,
    readonly existing?: { readonly volumeId: string; readonly zone: string },
  ) {
    this.size = options.size ?? Size.gibibytes(100);
    this.snapshotId = options.snapshotId;
  }
}
