import { CMP009 } from "./rules";

/** What happens to a spot instance that EC2 interrupts. */
export type Interruption = "terminate" | "stop" | "hibernate";

/** Options of `Purchase.spot`. */
export interface SpotOptions {
  /**
   * Most that an hour may cost, in US dollars. Node groups accept none.
   * @default - the on-demand price, which AWS recommends: a lower limit only causes more interruptions
   */
  readonly maxHourlyPrice?: number;
  /**
   * What happens at an interruption; a machine that is stopped or hibernated starts again when there is capacity. Fleets and node groups
   * terminate and replace.
   * @default "terminate"
   */
  readonly interruption?: Interruption;
  /**
   * Whether a single machine with data disks may be interrupted. The disks survive; a write in progress does not.
   * @default false
   */
  readonly allowsData?: boolean;
}

/**
 * Defines the purchasing option of machines: of an instance, a fleet or a node group.
 *
 * @example Purchase.onDemand(); Purchase.spot(); Purchase.spot({ maxHourlyPrice: 0.04, interruption: "stop" })
 */
export class Purchase {
  /** On-demand instances, billed by the second, without interruption. Savings plans of the account apply automatically. */
  static onDemand(): Purchase {
    return new Purchase("ON_DEMAND", undefined);
  }

  /** Spot instances: about a third of the price, interrupted at two minutes' notice, for repeatable work. Use several instance types. */
  static spot(options: SpotOptions = {}): Purchase {
    const { maxHourlyPrice: price, interruption = "terminate" } = options;
    if (price !== undefined && !(price >= 0.0001 && price <= 1_000))
      throw CMP009.violation({ given: `a price limit of ${price}`, fix: "use US dollars per hour, for example 0.04" });
    if (!["terminate", "stop", "hibernate"].includes(interruption))
      throw CMP009.violation({ given: `interruption "${interruption}"`, fix: "use terminate, stop or hibernate" });
    return new Purchase("SPOT", options);
  }

  private constructor(
    /** Value of the EKS API. */
    readonly capacityType: "ON_DEMAND" | "SPOT",
    /** Options of spot instances; undefined on demand. */
    readonly spotOptions: SpotOptions | undefined,
  ) {}

  /** Whether machines run on spare capacity, which AWS may reclaim. */
  get isSpot(): boolean {
    return this.spotOptions !== undefined;
  }

  /** The price limit as EC2 writes it; undefined without one. */
  get priceLimit(): string | undefined {
    return this.spotOptions?.maxHourlyPrice?.toFixed(4);
  }
}
