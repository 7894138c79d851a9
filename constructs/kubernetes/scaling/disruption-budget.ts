import { Token } from "cdktf";
import type { Location, Violation } from "../../core/violation";
import { KUB009 } from "../rules";
import { isWhole } from "../whole-number";
import type { Replicas } from "./replicas";

/**
 * Defines how many pods of a service may be unavailable while nodes are drained.
 *
 * @example DisruptionBudget.maxUnavailable(1); DisruptionBudget.minAvailable(2)
 */
export class DisruptionBudget {
  /** At most this number of pods may be unavailable. */
  static maxUnavailable(pods: number): DisruptionBudget {
    return new DisruptionBudget(pods, { maxUnavailable: `${pods}` });
  }

  /** At least this number of pods must stay available. */
  static minAvailable(pods: number): DisruptionBudget {
    return new DisruptionBudget(pods, { minAvailable: `${pods}` });
  }

  /** No budget: all pods may be evicted at the same time. */
  static none(): DisruptionBudget {
    return new DisruptionBudget(0, undefined);
  }

  private constructor(
    private readonly pods: number,
    /** The bound as an argument of a PodDisruptionBudget; undefined without a budget. */
    readonly bound: { readonly maxUnavailable: string } | { readonly minAvailable: string } | undefined,
  ) {}

  /** Pods that must stay available; undefined without such a bound. */
  get minAvailable(): number | undefined {
    return this.bound !== undefined && "minAvailable" in this.bound ? this.pods : undefined;
  }

  /**
   * Violations for a service with these replicas. An autoscaled number is not compared: the `PodAutoscaler` compares its minimum.
   */
  violations(replicas: Replicas, at: Location): Violation[] {
    const { bound, pods, minAvailable } = this;
    if (bound === undefined) return [];
    if (minAvailable === undefined)
      return isWhole(pods, 1)
        ? []
        : [KUB009.violation({ at, given: `maxUnavailable ${pods}`, fix: "use a whole number of at least 1" })];
    if (!isWhole(minAvailable, 0))
      return [KUB009.violation({ at, given: `minAvailable ${minAvailable}`, fix: "use a whole number of at least 0" })];
    return replicas.autoscaled ? [] : evictionViolations(minAvailable, replicas.count ?? 1, at);
  }
}

/** Violations of a budget that allows no pod to be evicted. */
export function evictionViolations(minAvailable: number, count: number, at: Location): Violation[] {
  if (Token.isUnresolved(minAvailable) || Token.isUnresolved(count) || minAvailable < count) return [];
  return [
    KUB009.violation({
      at,
      given: `${minAvailable} of ${count} replicas must stay available`,
      fix: "lower the minimum, add replicas, or use DisruptionBudget.maxUnavailable(1), which fits any number",
    }),
  ];
}
