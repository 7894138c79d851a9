import { CMP021 } from "./rules";
import type { InstanceFacts } from "./instance-facts";

/**
 * Defines what a load is measured in, and how much of it an instance type has.
 *
 * @example LoadUnit.vcpus(); LoadUnit.gibibytes(); LoadUnit.perVcpu("requests per second", 250)
 */
export class LoadUnit {
  /** Busy vCPUs. */
  static vcpus(): LoadUnit {
    return new LoadUnit("vCPUs", "vCPU", ({ cpus }) => cpus);
  }

  /** Used memory. */
  static gibibytes(): LoadUnit {
    return new LoadUnit("GiB", "GiB", ({ gibibytes }) => gibibytes);
  }

  /** A measured throughput of one vCPU, for example from a load test. */
  static perVcpu(name: string, each: number): LoadUnit {
    if (!(each > 0) || !Number.isFinite(each))
      throw CMP021.violation({ given: `${each} ${name} per vCPU`, fix: "use a number above zero" });
    return new LoadUnit(name, `vCPU with ${each} ${name}`, ({ cpus }) => cpus * each);
  }

  private constructor(
    /** The unit in calculations. */
    readonly name: string,
    /** The unit of one instance type's capacity, for messages. */
    readonly each: string,
    /**
     * The load that a machine of a type can take at full utilization.
     * @internal
     */
    readonly capacityOf: (facts: InstanceFacts) => number,
  ) {}
}
