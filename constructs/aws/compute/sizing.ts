import { isBurstable } from "./instance-size";
import { allInstanceFacts } from "./instance-facts";
import type { LoadUnit } from "./load-unit";
import { CMP021 } from "./rules";

/** Share of the capacity that is used at peak load: below it machines idle, above it a failure or a burst overloads them. */
const TARGET = { least: 0.6, most: 0.7 };

/** Inputs of `Sizing.for`. */
export interface SizingProps {
  /** Highest load, in `unit`: measured, or estimated and measured later. */
  readonly peak: number;
  /** What the load is measured in. */
  readonly unit: LoadUnit;
  /**
   * Families of instance types to choose from.
   * @default - m7g: general purpose, Graviton
   */
  readonly families?: readonly [string, ...string[]];
  /**
   * Least number of machines, 1 to 100: one for each zone.
   * @default 2
   */
  readonly least?: number;
}

/**
 * Defines the instance type and the number of machines for a peak load, so that 60 to 70 percent of the capacity are used at the peak.
 *
 * Among the types with such a utilization, it chooses the fewest machines, then the smallest capacity: `least` is how many are needed
 * for zones and failures. A load that is too small for the least number of machines has a lower utilization.
 *
 * @example
 * const sizing = Sizing.for({ peak: 3_000, unit: LoadUnit.perVcpu("requests per second", 250), least: 3 });
 * sizing.toString(); // 5 × m7g.xlarge: 3000 of 5000 requests per second (60 %)
 */
export class Sizing {
  /** The machines for a peak load. */
  static for(props: SizingProps): Sizing {
    const { peak, unit, families = ["m7g"], least = 2 } = props;
    check(peak, least);
    const found = candidates(families).map(([type, capacity]) => choose(type, unit.capacityOf(capacity), peak, least));
    const [best] = found.sort(byPreference);
    if (best === undefined)
      throw CMP021.violation({
        given: `families ${families.join(", ")}`,
        fix: "use families that are in the table of instance types, for example m7g, c7g, r7g, m7i",
      });
    return new Sizing(best.type, best.count, best.each, peak, unit);
  }

  private constructor(
    /** The instance type. */
    readonly instanceType: string,
    /** Number of machines. */
    readonly count: number,
    /** Capacity of one machine, in the unit of the load. */
    readonly each: number,
    /** Highest load, in the unit of the load. */
    readonly peak: number,
    private readonly unit: LoadUnit,
  ) {}

  /** Capacity of all machines, in the unit of the load. */
  get capacity(): number {
    return this.count * this.each;
  }

  /** Share of the capacity that is used at peak load, 0 to 0.7. */
  get utilization(): number {
    return this.peak / this.capacity;
  }

  /** The result in one line. */
  toString(): string {
    const percent = Math.round(this.utilization * 100);
    return `${this.count} × ${this.instanceType}: ${this.peak} of ${this.capacity} ${this.unit.name} (${percent} %)`;
  }

  /** The calculation, one step per line. */
  explain(): string {
    const needed = this.peak / TARGET.most;
    return [
      `peak load: ${this.peak} ${this.unit.name}`,
      `at most 70 % of the capacity: ${this.peak} / 0.7 = ${Math.ceil(needed * 100) / 100} ${this.unit.name}`,
      `${this.instanceType}: ${this.each} ${this.unit.name} (by ${this.unit.each})`,
      `machines: ${this.count}, in total ${this.capacity} ${this.unit.name}`,
      `utilization at the peak: ${Math.round(this.utilization * 100)} %`,
      ...(this.utilization < TARGET.least
        ? [
            "below 60 %: the load is small for the least number of machines; a smaller family or fewer machines cost less",
          ]
        : []),
    ].join("\n");
  }
}

interface Candidate {
  readonly type: string;
  readonly count: number;
  readonly each: number;
  readonly utilization: number;
}

function check(peak: number, least: number): void {
  if (!(peak > 0) || !Number.isFinite(peak))
    throw CMP021.violation({ given: `a peak of ${peak}`, fix: "use a number above zero" });
  if (!Number.isInteger(least) || least < 1 || least > 100)
    throw CMP021.violation({ given: `at least ${least} machines`, fix: "use 1 to 100" });
}

/** Types of the families with continuous performance; metal types have the size of the largest virtual type. */
function candidates(families: readonly string[]) {
  return [...allInstanceFacts()].filter(
    ([type]) => families.includes(type.split(".")[0] ?? "") && !type.includes("metal") && !isBurstable(type),
  );
}

function choose(type: string, each: number, peak: number, least: number): Candidate {
  const count = Math.max(least, Math.ceil(peak / TARGET.most / each));
  // Division may round a utilization of exactly 70 percent up.
  const safe = peak / (count * each) > TARGET.most ? count + 1 : count;
  return { type, count: safe, each, utilization: peak / (safe * each) };
}

/** Utilization of at least 60 percent first, with the fewest machines; where all idle, the smallest capacity. */
function byPreference(one: Candidate, other: Candidate): number {
  const isIdle = ({ utilization }: Candidate) => (utilization < TARGET.least ? 1 : 0);
  const byCount = one.count - other.count;
  const byCapacity = one.count * one.each - other.count * other.each;
  const bySize = isIdle(one) === 1 ? byCapacity || byCount : byCount || byCapacity;
  return isIdle(one) - isIdle(other) || bySize || one.type.localeCompare(other.type);
}
