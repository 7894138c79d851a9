/**
 * Defines what keeps pods off a node unless they tolerate it.
 *
 * @example Taint.noSchedule("dedicated", "gpu")
 */
export class Taint {
  /** Pods that do not tolerate it are not placed there. */
  static noSchedule(key: string, value?: string): Taint {
    return new Taint(key, value, "NO_SCHEDULE");
  }

  /** Pods that do not tolerate it are placed there only when there is no other room. */
  static preferNoSchedule(key: string, value?: string): Taint {
    return new Taint(key, value, "PREFER_NO_SCHEDULE");
  }

  /** Pods that do not tolerate it are not placed there, and those that are have to go. */
  static noExecute(key: string, value?: string): Taint {
    return new Taint(key, value, "NO_EXECUTE");
  }

  private constructor(
    readonly key: string,
    readonly value: string | undefined,
    /** As EKS calls it. */
    readonly effect: "NO_SCHEDULE" | "PREFER_NO_SCHEDULE" | "NO_EXECUTE",
  ) {}

  /** As the cluster autoscaler reads it from a tag: value and Kubernetes' word for the effect. */
  get asTag(): string {
    const effect = { NO_SCHEDULE: "NoSchedule", PREFER_NO_SCHEDULE: "PreferNoSchedule", NO_EXECUTE: "NoExecute" };
    return `${this.value ?? ""}:${effect[this.effect]}`;
  }
}
