import type { Place, Violation } from "../../core/violation";
import { KUB008 } from "../rules";

/**
 * Defines who says how many pods there are.
 *
 * @example Replicas.fixed(3); Replicas.autoscaled()
 */
export class Replicas {
  /** As many as said here. */
  static fixed(count: number): Replicas {
    return new Replicas(count, false);
  }

  /** As many as a `PodAutoscaler` finds right; Terraform leaves the number alone. */
  static autoscaled(
    props: {
      /** How many there are before the autoscaler has looked for the first time. @default - one */
      readonly initial?: number;
    } = {},
  ): Replicas {
    return new Replicas(props.initial, true);
  }

  private constructor(
    readonly count: number | undefined,
    /** Whether the number belongs to an autoscaler. */
    readonly autoscaled: boolean,
  ) {}

  /** What is wrong with the number. */
  violations(at: Place): Violation[] {
    const { count = 1 } = this;
    if (Number.isInteger(count) && count >= 1 && count <= 1000) return [];
    return [KUB008.violation({ at, given: `${count} replicas`, fix: "give a whole number from 1 to 1000" })];
  }

  /** As a Deployment takes it. The number is left out when an autoscaler owns it and nobody has said how to begin. */
  render(): { replicas?: string } {
    return this.count === undefined ? {} : { replicas: `${this.count}` };
  }
}
