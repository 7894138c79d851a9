/**
 * Defines the purchasing option of nodes.
 *
 * @example Purchase.onDemand(); Purchase.spot()
 */
export class Purchase {
  /** On-demand instances, billed by the second, without interruption. Savings plans of the account apply automatically. */
  static onDemand(): Purchase {
    return new Purchase("ON_DEMAND");
  }

  /** Spot instances: about a third of the price, interrupted at two minutes' notice, for repeatable work. Use several instance types. */
  static spot(): Purchase {
    return new Purchase("SPOT");
  }

  private constructor(
    /** Value of the EKS API. */
    readonly capacityType: "ON_DEMAND" | "SPOT",
  ) {}
}
