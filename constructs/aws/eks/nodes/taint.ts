/**
 * Defines a taint, which keeps pods without a matching toleration off a node.
 *
 * @example Taint.noSchedule("dedicated", "gpu")
 */
export class Taint {
  /** Pods that do not tolerate the taint are not scheduled on the node. */
  static noSchedule(key: string, value?: string): Taint {
    return new Taint(key, value, "NO_SCHEDULE");
  }

  /** Pods that do not tolerate the taint are scheduled on the node only when no other node has capacity. */
  static preferNoSchedule(key: string, value?: string): Taint {
    return new Taint(key, value, "PREFER_NO_SCHEDULE");
  }

  /** Pods that do not tolerate the taint are not scheduled on the node, and running ones are evicted. */
  static noExecute(key: string, value?: string): Taint {
    return new Taint(key, value, "NO_EXECUTE");
  }

  private constructor(
    /** Key of the taint. */
    readonly key: string,

    /** Value of the taint; undefined when it has none. */
    readonly value: string | undefined,
    /** Value of the EKS API. */
    readonly effect: "NO_SCHEDULE" | "PREFER_NO_SCHEDULE" | "NO_EXECUTE",
  ) {}

  /** Name of the effect in Kubernetes. */
  get kubernetesEffect(): "NoSchedule" | "PreferNoSchedule" | "NoExecute" {
    const effects = {
      NO_SCHEDULE: "NoSchedule",
      PREFER_NO_SCHEDULE: "PreferNoSchedule",
      NO_EXECUTE: "NoExecute",
    } as const;
    return effects[this.effect];
  }

  /** Whether pods without a toleration can run on the node. */
  get isPreference(): boolean {
    return this.effect === "PREFER_NO_SCHEDULE";
  }

  /** Tag value for the cluster autoscaler: the value and the Kubernetes name of the effect. */
  get asTag(): string {
    return `${this.value ?? ""}:${this.kubernetesEffect}`;
  }

  /** Text for messages and names. */
  toString(): string {
    return `${this.key}${this.value === undefined ? "" : `=${this.value}`}:${this.kubernetesEffect}`;
  }
}
