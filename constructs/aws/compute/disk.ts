import type { Size } from "../../../core/size";
import { type Location, type Violation, Violations } from "../../../core/violation";
import type { IEncryptionKey } from "../../encryption/encryption-key";
import { EKS012, EKS026 } from "../rules";

/** Limits of gp3 volumes. Source: "General Purpose SSD volumes" in the Amazon EBS user guide. */
const GP3 = {
  gibibytes: [20, 65_536],
  iops: [3_000, 80_000],
  iopsPerGibibyte: 500,
  /** MiB per second. AWS provider 5.100.0 accepts at most 1000. */
  throughput: [125, 1_000],
  throughputPerIops: 0.25,
} as const;

/** Performance and encryption of a node's volume. */
export interface DiskOptions {
  /** Input and output operations per second, 3000 to 80000 and at most 500 per GiB. @default - 3000, included in the price */
  readonly iops?: number;
  /** Throughput in MiB per second, 125 to 1000 and at most a quarter of `iops`. @default - 125, included in the price */
  readonly throughput?: number;
  /** Key that encrypts the volumes; changing it replaces the nodes. @default - the account's default key for EBS */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * Defines the volume of each node for container images and pod data: gp3, encrypted.
 *
 * Cost: by the GiB and month; IOPS above 3000 and throughput above 125 MiB/s cost extra.
 *
 * @example Disk.of(Size.gibibytes(200), { iops: 6_000, throughput: 500, encryptionKey: key })
 */
export class Disk {
  /** The volume of a node: gp3, at least 20 GiB. */
  static of(size: Size, options: DiskOptions = {}): Disk {
    return new Disk(size, options.iops, options.throughput, options.encryptionKey);
  }

  /** A disk of the size, or the disk itself. */
  static from(disk: Size | Disk): Disk {
    return Disk.isDisk(disk) ? disk : Disk.of(disk);
  }

  /** Whether a value is a disk and not only a size. */
  static isDisk(disk: Size | Disk): disk is Disk {
    return "size" in disk;
  }

  private constructor(
    /** Size of the disk. */
    readonly size: Size,

    /** Input and output operations a second; undefined for the default of the volume type. */
    readonly iops: number | undefined,

    /** MiB per second; undefined for io2, whose throughput follows from its IOPS. */
    readonly throughput: number | undefined,

    /** Key that encrypts the disk; undefined for the account's default key. */
    readonly encryptionKey: IEncryptionKey | undefined,
  ) {
    Violations.throwIfAny(sizeViolations(size));
    this.checkPerformance();
  }

  private checkPerformance(): void {
    const { iops = GP3.iops[0], throughput = GP3.throughput[0] } = this;
    const mostIops = Math.min(Math.max(GP3.iops[0], this.size.toGibibytes() * GP3.iopsPerGibibyte), GP3.iops[1]);
    const mostThroughput = Math.min(iops * GP3.throughputPerIops, GP3.throughput[1]);
    if (isWithin(iops, [GP3.iops[0], mostIops]) && isWithin(throughput, [GP3.throughput[0], mostThroughput])) return;
    throw EKS026.violation({
      given: `${iops} IOPS and ${throughput} MiB/s for ${this.size.toString()}`,
      fix: `use 3000 to ${mostIops} IOPS, and 125 to 1000 MiB/s, at most a quarter of the IOPS`,
    });
  }
}

/** Violations of rule EKS012: a volume on which the image does not fit, or that EBS does not offer. */
export function sizeViolations(size: Size, at?: Location): Violation[] {
  const fix = "use Size.gibibytes(20) to Size.gibibytes(65536)";
  if (isWithin(size.toMebibytes() / 1024, GP3.gibibytes)) return [];
  return [EKS012.violation({ at, given: `a volume of ${size.toString()}`, fix })];
}

/** Whether a value is a whole number between two bounds. */
function isWithin(value: number, [min, max]: readonly [number, number]): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
