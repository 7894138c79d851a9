/**
 * Defines how nodes are paid for.
 *
 * @example Purchase.onDemand(); Purchase.spot()
 */
export class Purchase {
  /** By the hour, and they stay. Savings plans of the account apply by themselves. */
  static onDemand(): Purchase {
    return new Purchase("ON_DEMAND");
  }

  /** A third of the price, taken away at two minutes' notice: for work that can be done again. Name several instance types. */
  static spot(): Purchase {
    return new Purchase("SPOT");
  }

  private constructor(
    /** As EKS calls it. */
    readonly capacityType: "ON_DEMAND" | "SPOT",
  ) {}
}
