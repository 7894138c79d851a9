import { CMP014 } from "../rules";

/** Most machines of a fleet in this library; the quota of an account is lower and can be raised. */
const MOST = 1_000;

/**
 * Defines the number of machines of a fleet.
 *
 * @example FleetSize.fixed(3); FleetSize.between(2, 10); FleetSize.between(2, 10, { desired: 4 })
 */
export class FleetSize {
  /** A fixed number. */
  static fixed(machines: number): FleetSize {
    return new FleetSize(machines, machines, machines);
  }

  /**
   * Between two bounds. With a scaling policy or a schedule, that owns the number after creation; otherwise every apply sets `desired`,
   * by default the minimum.
   */
  static between(min: number, max: number, props: { readonly desired?: number } = {}): FleetSize {
    return new FleetSize(min, max, props.desired ?? min);
  }

  private constructor(
    /** Smallest number of machines. */
    readonly min: number,

    /** Largest number of machines. */
    readonly max: number,

    /** Number of machines at creation. */
    readonly desired: number,
  ) {
    const whole = [min, max, desired].every(Number.isInteger);
    if (!whole || min < 0 || max > MOST || min > desired || desired > max)
      throw CMP014.violation({
        given: `${min} to ${max} machines, ${desired} desired`,
        fix: `use whole numbers: 0 ≤ min ≤ desired ≤ max ≤ ${MOST}`,
      });
  }

  /** Whether the number cannot vary. */
  get isFixed(): boolean {
    return this.min === this.max;
  }
}
