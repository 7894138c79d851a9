import { defined } from "../../core/defined";
import type { Size } from "../../core/size";
import { type Location, type Violation, Violations } from "../../core/violation";
import { EKS012, EKS026 } from "../eks/rules";
import type { IEncryptionKey } from "../encryption/encryption-key";
import { GP3, IO2, isWithin, NODE_GIBIBYTES } from "./ebs-limits";
import { CMP004 } from "./rules";

/** Performance and encryption of a gp3 volume. */
export interface DiskOptions {
  /** Input and output operations per second, 3000 to 80000 and at most 500 per GiB. @default - 3000, included in the price */
  readonly iops?: number;
  /** Throughput in MiB per second, 125 to 1000 and at most a quarter of `iops`. @default - 125, included in the price */
  readonly throughput?: number;
  /** Key that encrypts the volume; changing it replaces the volume. @default - the account's default key for EBS */
  readonly encryptionKey?: IEncryptionKey;
}

/** Options of `Disk.gp3`. */
export interface Gp3Options extends DiskOptions {
  /** Size, in whole GiB: 1 GiB to 64 TiB. */
  readonly size: Size;
}

/** Options of `Disk.io2`. */
export interface Io2Options {
  /** Size, in whole GiB: 4 GiB to 64 TiB. */
  readonly size: Size;
  /** Input and output operations per second: 100 to 256000, at most 1000 per GiB. Each is billed. */
  readonly iops: number;
  /** Key that encrypts the volume; changing it replaces the volume. @default - the account's default key for EBS */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * Defines an EBS volume of a machine: its type, size and performance. Always encrypted.
 *
 * Cost: gp3 by the GiB and month, IOPS above 3000 and throughput above 125 MiB/s extra; io2 about half more per GiB, and every IOPS.
 *
 * @example
 * Disk.gp3({ size: Size.gibibytes(200), iops: 6_000, throughput: 500, encryptionKey: key });
 * Disk.io2({ size: Size.gibibytes(500), iops: 32_000 });
 */
export class Disk {
  /** General purpose SSD: the default for almost everything. */
  static gp3({ size, ...options }: Gp3Options): Disk {
    const disk = new Disk("gp3", size, options);
    Violations.throwIfAny(gp3Violations(disk));
    return disk;
  }

  /** Provisioned IOPS SSD (Block Express): for databases that need more than 80000 IOPS or latency below a millisecond. */
  static io2({ size, ...options }: Io2Options): Disk {
    const disk = new Disk("io2", size, options);
    Violations.throwIfAny(io2Violations(disk));
    return disk;
  }

  /** The volume of a node: gp3, at least 20 GiB. */
  static of(size: Size, options: DiskOptions = {}): Disk {
    Violations.throwIfAny(nodeSizeViolations(size));
    const disk = new Disk("gp3", size, options);
    const [violation] = gp3Violations(disk);
    if (violation !== undefined) throw EKS026.violation({ given: violation.given, fix: violation.fix });
    return disk;
  }

  /** A disk of the size, or the disk itself. */
  static from(disk: Size | Disk): Disk {
    return Disk.isDisk(disk) ? disk : Disk.of(disk);
  }

  /** Whether a value is a disk and not only a size. */
  static isDisk(disk: Size | Disk): disk is Disk {
    return "size" in disk;
  }

  /** Input and output operations a second; undefined for the default of the volume type. */
  readonly iops: number | undefined;
  /** MiB per second; undefined for io2, whose throughput follows from its IOPS. */
  readonly throughput: number | undefined;
  /** Key that encrypts the disk; undefined for the account's default key. */
  readonly encryptionKey: IEncryptionKey | undefined;

  private constructor(
    /** Volume type of EBS. */
    readonly type: "gp3" | "io2",

    /** Size of the disk. */
    readonly size: Size,
    { iops, throughput, encryptionKey }: DiskOptions,
  ) {
    this.iops = iops;
    this.throughput = throughput;
    this.encryptionKey = encryptionKey;
  }

  /** The performance as arguments of a resource; values that are included in the price are omitted. */
  get performance(): { readonly iops?: number; readonly throughput?: number } {
    return defined({ iops: this.iops, throughput: this.throughput });
  }
}

function gp3Violations({ size, iops = GP3.iops[0], throughput = GP3.throughput[0] }: Disk): Violation[] {
  const outside = sizeViolations(size, "gp3", GP3.gibibytes);
  if (outside.length > 0) return outside;
  const mostIops = Math.min(Math.max(GP3.iops[0], size.toGibibytes() * GP3.iopsPerGibibyte), GP3.iops[1]);
  const mostThroughput = Math.min(iops * GP3.throughputPerIops, GP3.throughput[1]);
  if (isWithin(iops, [GP3.iops[0], mostIops]) && isWithin(throughput, [GP3.throughput[0], mostThroughput])) return [];
  return [
    CMP004.violation({
      given: `${iops} IOPS and ${throughput} MiB/s for ${size.toString()}`,
      fix: `use 3000 to ${mostIops} IOPS, and 125 to 1000 MiB/s, at most a quarter of the IOPS`,
    }),
  ];
}

function io2Violations({ size, iops = 0 }: Disk): Violation[] {
  const outside = sizeViolations(size, "io2", IO2.gibibytes);
  if (outside.length > 0) return outside;
  const most = Math.min(size.toGibibytes() * IO2.iopsPerGibibyte, IO2.iops[1]);
  if (isWithin(iops, [IO2.iops[0], most])) return [];
  return [
    CMP004.violation({
      given: `${iops} IOPS for io2 of ${size.toString()}`,
      fix: `use ${IO2.iops[0]} to ${most} IOPS`,
    }),
  ];
}

function sizeViolations(size: Size, type: string, bounds: readonly [number, number]): Violation[] {
  if (isWithin(size.toMebibytes() / 1024, bounds)) return [];
  const fix = `use Size.gibibytes(${bounds[0]}) to Size.gibibytes(${bounds[1]})`;
  return [CMP004.violation({ given: `${type} of ${size.toString()}`, fix })];
}

/** Violations of rule EKS012: a volume on which the image of a node does not fit, or that EBS does not offer. */
export function nodeSizeViolations(size: Size, at?: Location): Violation[] {
  if (isWithin(size.toMebibytes() / 1024, [NODE_GIBIBYTES, GP3.gibibytes[1]])) return [];
  const fix = "use Size.gibibytes(20) to Size.gibibytes(65536)";
  return [EKS012.violation({ at, given: `a volume of ${size.toString()}`, fix })];
}
