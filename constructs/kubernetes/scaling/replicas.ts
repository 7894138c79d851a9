import { defined } from "../../core/defined";
import type { Location, Violation } from "../../core/violation";
import { KUB008 } from "../rules";
import { isWhole } from "../whole-number";

/** Most pods of one workload. */
const MAX = 1_000;

/**
 * Defines the number of pods: a fixed one, or one that a `PodAutoscaler` controls.
 *
 * @example Replicas.fixed(3); Replicas.autoscaled()
 */
export class Replicas {
  /** A fixed number of pods. */
  static fixed(count: number): Replicas {
    return new Replicas(count, false);
  }

  /** A number that a `PodAutoscaler` controls; Terraform ignores changes of it. */
  static autoscaled(
    props: {
      /** Number of pods until the autoscaler's first decision. @default - one */
      readonly initial?: number;
    } = {},
  ): Replicas {
    return new Replicas(props.initial, true);
  }

  private constructor(
    /** Number of replicas; undefined when an autoscaler sets it. */
    readonly count: number | undefined,
    /** Whether an autoscaler controls the number. */
    readonly autoscaled: boolean,
  ) {}

  /** Violations of this number. */
  violations(at: Location): Violation[] {
    const { count = 1 } = this;
    if (isWhole(count, 1, MAX)) return [];
    return [KUB008.violation({ at, given: `${count} replicas`, fix: `use a whole number from 1 to ${MAX}` })];
  }

  /** The argument of a Deployment: empty when an autoscaler controls the number and no initial number is set. */
  render(): { replicas?: string } {
    return defined({ replicas: this.count?.toString() });
  }
}
