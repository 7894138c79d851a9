import type { Labels } from "../labels";

/**
 * Defines how the pods of a service are distributed over the zones of a cluster.
 *
 * @example Spread.overZones()
 */
export class Spread {
  /** Evenly over the zones as far as capacity permits; pods are also scheduled where the distribution becomes uneven. */
  static overZones(): Spread {
    return new Spread("ScheduleAnyway");
  }

  /** Evenly over the zones; pods that would make the distribution uneven stay pending. */
  static strictlyOverZones(): Spread {
    return new Spread("DoNotSchedule");
  }

  /** No constraint. */
  static anywhere(): Spread {
    return new Spread(undefined);
  }

  private constructor(private readonly whenUnsatisfiable: string | undefined) {}

  /** Arguments of a pod's specification in the Terraform provider. */
  render(matchLabels: Labels): { topologySpreadConstraint?: Record<string, unknown>[] } {
    if (this.whenUnsatisfiable === undefined) return {};
    return {
      topologySpreadConstraint: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: this.whenUnsatisfiable,
          labelSelector: [{ matchLabels }],
        },
      ],
    };
  }
}
