import { defined } from "../../core/defined";
import type { Duration } from "../../core/duration";
import type { Location, Violation } from "../../core/violation";
import { KUB026 } from "../rules";
import { isWhole, MAX_INT32 } from "../whole-number";

/** A number of pods, or a part of the replicas such as `25%`. */
export type PodShare = number | `${number}%`;

/** Settings of a rollout. */
export interface RolloutProps {
  /** Pods beyond the number of replicas during a rollout. @default - 25 percent, rounded up */
  readonly maxSurge?: PodShare;
  /** Pods below the number of replicas during a rollout. @default - 25 percent, rounded down */
  readonly maxUnavailable?: PodShare;
  /** Time for which a new pod is ready before it counts as available. @default - none */
  readonly minReady?: Duration;
  /** Time without progress after which a rollout has failed, longer than `minReady`. @default - ten minutes */
  readonly deadline?: Duration;
}

/** Seconds of the API server's default deadline. */
const DEADLINE = 600;

/**
 * Defines how the pods of a service are replaced by those of a new version.
 *
 * @example Rollout.rolling({ maxUnavailable: 0 }); Rollout.recreate()
 */
export class Rollout {
  /** Gradually: new pods are started before or while old ones are removed. */
  static rolling(props: RolloutProps = {}): Rollout {
    return new Rollout("RollingUpdate", props);
  }

  /** All pods are removed before new ones are started: for applications that cannot run in two versions. */
  static recreate({ minReady, deadline }: Pick<RolloutProps, "minReady" | "deadline"> = {}): Rollout {
    return new Rollout("Recreate", defined({ minReady, deadline }));
  }

  private constructor(
    private readonly type: "RollingUpdate" | "Recreate",
    private readonly props: RolloutProps,
  ) {}

  /** Violations of the numbers and times. */
  violations(at: Location): Violation[] {
    const fix =
      "use whole numbers of pods or percentages from 0%, one of them above 0, and a deadline longer than minReady";
    return [...this.shareErrors(), ...this.timeErrors()].map((given) =>
      KUB026.violation({ at, given: `a rollout with ${given}`, fix }),
    );
  }

  private shareErrors(): readonly string[] {
    const { maxSurge = "25%", maxUnavailable = "25%" } = this.props;
    const wrong = [maxSurge, maxUnavailable].filter((share) => !isShare(share));
    if (wrong.length > 0) return wrong.map((share) => `${share} pods`);
    const isAboveAll = typeof maxUnavailable === "string" && Number.parseInt(maxUnavailable) > 100;
    return [
      ...(isZero(maxSurge) && isZero(maxUnavailable) ? ["neither more nor fewer pods than replicas"] : []),
      ...(isAboveAll ? [`${maxUnavailable} of the pods unavailable`] : []),
    ];
  }

  private timeErrors(): readonly string[] {
    const { minReady, deadline } = this.props;
    const [ready, limit] = [minReady?.toSeconds() ?? 0, deadline?.toSeconds() ?? DEADLINE];
    return [
      ...(ready < limit ? [] : [`${ready} seconds until a pod is available, and a deadline of ${limit} seconds`]),
      ...(limit <= MAX_INT32 ? [] : [`a deadline of ${limit} seconds`]),
    ];
  }

  /** Arguments of a Deployment's specification in the Terraform provider. */
  render(): Readonly<Record<string, unknown>> {
    const { maxSurge, maxUnavailable, minReady, deadline } = this.props;
    const rollingUpdate = defined({ maxSurge: maxSurge?.toString(), maxUnavailable: maxUnavailable?.toString() });
    return {
      strategy: { type: this.type, ...(Object.keys(rollingUpdate).length === 0 ? {} : { rollingUpdate }) },
      ...defined({ minReadySeconds: minReady?.toSeconds(), progressDeadlineSeconds: deadline?.toSeconds() }),
    };
  }

  /** Terraform waits for the rollout as long as Kubernetes, and a minute more. */
  timeouts(): { readonly timeouts?: { readonly create: string; readonly update: string } } {
    const seconds = this.props.deadline?.toSeconds() ?? DEADLINE;
    if (seconds < DEADLINE) return {};
    const limit = `${Math.ceil(seconds / 60) + 1}m`;
    return this.props.deadline === undefined ? {} : { timeouts: { create: limit, update: limit } };
  }
}

function isShare(share: PodShare): boolean {
  return typeof share === "number" ? isWhole(share, 0) : /^\d{1,9}%$/.test(share);
}

function isZero(share: PodShare): boolean {
  return Number.parseInt(`${share}`) === 0;
}
