import type { Location, Violation } from "../../core/violation";
import { KUB009 } from "../rules";
import type { Replicas } from "./replicas";

/**
 * Defines how many pods of a service may be unavailable while nodes are drained.
 *
 * @example DisruptionBudget.maxUnavailable(1); DisruptionBudget.minAvailable(2)
 */
export class DisruptionBudget {
  /** At most this number of pods may be unavailable. */
  static maxUnavailable(pods: number): DisruptionBudget {
    return new DisruptionBudget({ maxUnavailable: `${pods}` });
  }

  /** At least this number of pods must stay available. */
  static minAvailable(pods: number): DisruptionBudget {
    return new DisruptionBudget({ minAvailable: `${pods}` });
  }

  /** No budget: all pods may be evicted at the same time. */
  static none(): DisruptionBudget {
    return new DisruptionBudget(undefined);
  }

  private constructor(
    /** The bound as an argument of a PodDisruptionBudget; undefined without a budget. */
    readonly bound: { readonly maxUnavailable: string } | { readonly minAvailable: string } | undefined,
  ) {}

  /** Violations for a service with these replicas. */
  violations(replicas: Replicas, at: Location): Violation[] {
    if (this.bound === undefined) return [];
    if ("maxUnavailable" in this.bound)
      return Number(this.bound.maxUnavailable) >= 1
        ? []
        : [KUB009.violation({ at, given: `maxUnavailable ${this.bound.maxUnavailable}`, fix: "allow at least 1" })];
    const kept = Number(this.bound.minAvailable);
    const { count = 1 } = replicas;
    if (kept < count) return [];
    return [
      KUB009.violation({
        at,
        given: `${kept} of ${count} replicas must stay available`,
        fix: "lower the minimum, add replicas, or use DisruptionBudget.maxUnavailable(1), which fits any number",
      }),
    ];
  }
}
