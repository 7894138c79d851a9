import type { Cidr } from "../../core/cidr";
import type { Location } from "../../core/violation";
import { OST017 } from "../rules";

/** Address range of one kind of machines. */
export interface HostRange {
  /** Offset of the first address from the subnet's network address. */
  readonly first: number;
  /** Maximum number of machines of the kind. */
  readonly hosts: number;
}

/** Settings of a host plan. */
export interface HostPlanProps {
  /** Block of the subnet. */
  readonly subnet: Cidr;
  /** Address range of each kind of machines (`first`, `hosts`). */
  readonly ranges: Readonly<Record<string, HostRange>>;
  /**
   * Location that violations report.
   * @default - none
   */
  readonly at?: Location;
}

/**
 * Defines the addresses of the machines of a subnet. An address depends only on the range of its kind and on the number of the
 * machine, so an additional machine changes no existing address.
 *
 * @example
 * const hosts = new HostPlan({ subnet: subnet.cidr, ranges: { worker: { first: 20, hosts: 20 } } });
 * hosts.address("worker", 1); // 172.31.0.20
 */
export class HostPlan {
  private readonly subnet: Cidr;
  private readonly ranges: ReadonlyMap<string, HostRange>;
  private readonly at: Location | undefined;

  constructor({ subnet, ranges, at }: HostPlanProps) {
    this.subnet = subnet;
    this.ranges = new Map(Object.entries(ranges));
    this.at = at;
    for (const [name, range] of this.ranges) this.checkRange(name, range);
  }

  /** Address of the n-th machine of a kind; the first machine has number 1. */
  address(kind: string, n: number): string {
    const range = this.ranges.get(kind);
    if (range === undefined)
      throw this.violation(`machines "${kind}"`, `add a range, or use one of ${[...this.ranges.keys()].join(", ")}`);
    if (!Number.isInteger(n) || n < 1 || n > range.hosts)
      throw this.violation(`${kind} number ${n} of ${range.hosts}`, "number them from 1, or plan a larger range");
    return this.subnet.address(range.first + n - 1);
  }

  private checkRange(name: string, { first, hosts }: HostRange): void {
    const end = first + hosts;
    if (![first, hosts].every(Number.isInteger) || first < 1 || hosts < 1 || end > this.subnet.size)
      throw this.violation(
        `range "${name}" of ${hosts} from ${first}, ${this.subnet.toString()} has ${this.subnet.size} addresses`,
        "plan ranges of whole addresses inside the subnet",
      );
    const other = [...this.ranges].find(
      ([key, range]) => key !== name && first < range.first + range.hosts && range.first < end,
    );
    if (other !== undefined)
      throw this.violation(`ranges "${name}" and "${other[0]}" overlap`, "start one after the end of the other");
  }

  private violation(given: string, fix: string) {
    return OST017.violation({ at: this.at, given, fix });
  }
}
