import type { AutoscalingGroupInstanceRefresh } from "@cdktf/provider-aws/lib/autoscaling-group";
import { CMP017 } from "../rules";

/** Options of `InstanceRefresh.rolling`. */
export interface RollingOptions {
  /** Percentage of the machines that stay in service meanwhile, 0 to 100. @default 90 */
  readonly minHealthyPercent?: number;
  /** Whether a failed replacement restores the previous machines. @default true */
  readonly rollsBack?: boolean;
}

/**
 * Defines what happens to running machines when the template of a fleet changes.
 *
 * @example InstanceRefresh.rolling(); InstanceRefresh.rolling({ minHealthyPercent: 100 }); InstanceRefresh.none()
 */
export class InstanceRefresh {
  /** Replaces the machines step by step, and restores the previous ones when new ones do not become healthy. */
  static rolling(options: RollingOptions = {}): InstanceRefresh {
    const { minHealthyPercent = 90, rollsBack = true } = options;
    if (!Number.isInteger(minHealthyPercent) || minHealthyPercent < 0 || minHealthyPercent > 100)
      throw CMP017.violation({ given: `${minHealthyPercent} percent of healthy machines`, fix: "use 0 to 100" });
    return new InstanceRefresh({ minHealthyPercent, rollsBack });
  }

  /** Leaves running machines unchanged: only new ones have the new template. */
  static none(): InstanceRefresh {
    return new InstanceRefresh(undefined);
  }

  private constructor(private readonly options: Required<RollingOptions> | undefined) {}

  /** The refresh as an argument of the group; undefined for none. */
  get argument(): AutoscalingGroupInstanceRefresh | undefined {
    if (this.options === undefined) return undefined;
    const { minHealthyPercent, rollsBack } = this.options;
    return {
      strategy: "Rolling",
      preferences: { minHealthyPercentage: minHealthyPercent, autoRollback: rollsBack, skipMatching: true },
    };
  }
}
