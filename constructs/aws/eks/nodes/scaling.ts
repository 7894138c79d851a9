import { EKS011 } from "../rules";

/** What sets the number of nodes of a group after its creation. */
type Owner = "autoscaler" | "code";

/**
 * Defines the number of nodes of a group.
 *
 * @example Scaling.between(2, 10); Scaling.between(3, 5, { desired: 3 }); Scaling.manual(3, 5, { desired: 4 }); Scaling.fixed(3)
 */
export class Scaling {
  /**
   * Between two bounds, as pods require. After creation the autoscaler sets the desired number, and an apply does not change it.
   * EKS rejects bounds that exclude the current number of nodes; the plan then fails and names the two steps that work.
   */
  static between(min: number, max: number, props: { readonly desired?: number } = {}): Scaling {
    return new Scaling(min, max, props.desired ?? min, min === max ? "code" : "autoscaler");
  }

  /**
   * Between two bounds, with the desired number set by every apply and without the tags of the autoscaler. For groups without an
   * autoscaler, and for the one apply that moves the bounds of `between` past the current number of nodes.
   */
  static manual(min: number, max: number, props: { readonly desired?: number } = {}): Scaling {
    return new Scaling(min, max, props.desired ?? min, "code");
  }

  /** A fixed number of nodes. */
  static fixed(nodes: number): Scaling {
    return new Scaling(nodes, nodes, nodes, "code");
  }

  private constructor(
    /** Smallest number of nodes. */
    readonly min: number,

    /** Largest number of nodes. */
    readonly max: number,
    /** Number of nodes at creation; if the code owns it, at all times. */
    readonly desired: number,
    private readonly owner: Owner,
  ) {
    const whole = [min, max, desired].every(Number.isInteger);
    if (!whole || min < 0 || max < 1 || max > 450 || min > max || desired < min || desired > max)
      throw EKS011.violation({
        given: `${min} to ${max} nodes, ${desired} desired`,
        fix: "use whole numbers: 0 ≤ min ≤ desired ≤ max ≤ 450, and max of at least 1",
      });
  }

  /** Whether the autoscaler sets the number of nodes; otherwise every apply sets it. */
  get isAutoscaled(): boolean {
    return this.owner === "autoscaler";
  }
}
