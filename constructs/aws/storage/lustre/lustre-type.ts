import { defined } from "../../../core/defined";
import type { Size } from "../../../core/size";
import type { Location, Violation } from "../../../core/violation";
import { STO014 } from "../rules";

/** Throughput of persistent storage, in MiB per second for each TiB. */
export type LustreThroughput = 125 | 250 | 500 | 1000;

/**
 * Defines how a Lustre file system stores its data: once, or with a copy.
 *
 * @example LustreType.scratch(); LustreType.persistent(250)
 */
export class LustreType {
  /** One copy, for data that can be computed or loaded again: a failed server loses its files. 200 MiB per second for each TiB. */
  static scratch(): LustreType {
    return new LustreType("SCRATCH_2", undefined);
  }

  /** Copied within its zone: a failed server is replaced with its files. */
  static persistent(throughput: LustreThroughput): LustreType {
    return new LustreType("PERSISTENT_2", throughput);
  }

  private constructor(
    private readonly deploymentType: "SCRATCH_2" | "PERSISTENT_2",
    private readonly throughput: LustreThroughput | undefined,
  ) {}

  /** Whether it can have a key of its own. */
  get isPersistent(): boolean {
    return this.throughput !== undefined;
  }

  /** Arguments of the file system. */
  render() {
    return { deploymentType: this.deploymentType, ...defined({ perUnitStorageThroughput: this.throughput }) };
  }

  /** Violations of the size. Source: CreateFileSystem in the Amazon FSx API reference: 1200 GiB, or a multiple of 2400 GiB. */
  violations(capacity: Size, at: Location): Violation[] {
    const mebibytes = capacity.toMebibytes();
    if (mebibytes === 1_200 * 1024 || mebibytes % (2_400 * 1024) === 0) return [];
    return [STO014.violation({ at, given: capacity.toString(), fix: "use 1200 GiB, or a multiple of 2400 GiB" })];
  }
}
