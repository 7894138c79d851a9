import { EKS011 } from "../rules";

/**
 * Defines how many nodes a group has.
 *
 * @example Scaling.between(2, 10); Scaling.between(3, 5, { desired: 3 }); Scaling.fixed(3)
 */
export class Scaling {
  /** As many as pods need, between two bounds. Once the group stands, the number wanted is the autoscaler's. */
  static between(min: number, max: number, props: { readonly desired?: number } = {}): Scaling {
    return new Scaling(min, max, props.desired ?? min);
  }

  /** Always as many. */
  static fixed(nodes: number): Scaling {
    return new Scaling(nodes, nodes, nodes);
  }

  private constructor(
    readonly min: number,
    readonly max: number,
    /** How many the group begins with. */
    readonly desired: number,
  ) {
    const whole = [min, max, desired].every(Number.isInteger);
    if (!whole || min < 0 || max < 1 || max > 450 || min > max || desired < min || desired > max)
      throw EKS011.violation({
        given: `${min} to ${max} nodes, ${desired} wanted`,
        fix: "use whole numbers: 0 ≤ min ≤ desired ≤ max ≤ 450, and at least one node at most",
      });
  }

  /** Whether anybody may change the number of nodes. */
  get isElastic(): boolean {
    return this.max > this.min;
  }
}
