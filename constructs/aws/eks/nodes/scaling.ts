import { EKS011 } from "../rules";

/**
 * Defines the number of nodes of a group.
 *
 * @example Scaling.between(2, 10); Scaling.between(3, 5, { desired: 3 }); Scaling.fixed(3)
 */
export class Scaling {
  /** Between two bounds, as pods require. After creation the autoscaler sets the desired number. */
  static between(min: number, max: number, props: { readonly desired?: number } = {}): Scaling {
    return new Scaling(min, max, props.desired ?? min);
  }

  /** A fixed number of nodes. */
  static fixed(nodes: number): Scaling {
    return new Scaling(nodes, nodes, nodes);
  }

  private constructor(
    readonly min: number,
    readonly max: number,
    /** Number of nodes at creation. */
    readonly desired: number,
  ) {
    const whole = [min, max, desired].every(Number.isInteger);
    if (!whole || min < 0 || max < 1 || max > 450 || min > max || desired < min || desired > max)
      throw EKS011.violation({
        given: `${min} to ${max} nodes, ${desired} desired`,
        fix: "use whole numbers: 0 ≤ min ≤ desired ≤ max ≤ 450, and max of at least 1",
      });
  }

  /** Whether the number of nodes can change. */
  get isElastic(): boolean {
    return this.max > this.min;
  }
}
