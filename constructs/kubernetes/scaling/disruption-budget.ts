import type { Place, Violation } from "../../core/violation";
import type { Replicas } from "./replicas";
import { KUB009 } from "../rules";

/**
 * Defines how many pods of a service may be away at once while nodes are drained.
 *
 * @example DisruptionBudget.mayMiss(1); DisruptionBudget.keep(2)
 */
export class DisruptionBudget {
  /** At most so many are away. */
  static mayMiss(pods: number): DisruptionBudget {
    return new DisruptionBudget({ maxUnavailable: `${pods}` });
  }

  /** At least so many stay. */
  static keep(pods: number): DisruptionBudget {
    return new DisruptionBudget({ minAvailable: `${pods}` });
  }

  /** All may be away at once. */
  static none(): DisruptionBudget {
    return new DisruptionBudget(undefined);
  }

  private constructor(
    /** The bound as a PodDisruptionBudget takes it; nothing when there is none. */
    readonly bound: { readonly maxUnavailable: string } | { readonly minAvailable: string } | undefined,
  ) {}

  /** What is wrong with the budget of a service with so many pods. */
  violations(replicas: Replicas, at: Place): Violation[] {
    if (this.bound === undefined) return [];
    if ("maxUnavailable" in this.bound)
      return Number(this.bound.maxUnavailable) >= 1
        ? []
        : [KUB009.violation({ at, given: `${this.bound.maxUnavailable} may be missing`, fix: "let at least one go" })];
    const kept = Number(this.bound.minAvailable);
    const { count = 1 } = replicas;
    if (kept < count) return [];
    return [
      KUB009.violation({
        at,
        given: `${kept} of ${count} replicas are to stay`,
        fix: "keep fewer, run more, or use DisruptionBudget.mayMiss(1), which holds for any number",
      }),
    ];
  }
}
