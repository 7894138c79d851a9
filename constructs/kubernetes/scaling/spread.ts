type Labels = Readonly<Record<string, string>>;

/**
 * Defines how the pods of a service are spread over the cluster.
 *
 * @example Spread.overZones()
 */
export class Spread {
  /** As evenly over the zones as there is room; a zone that is full is no reason not to start. */
  static overZones(): Spread {
    return new Spread("ScheduleAnyway");
  }

  /** Evenly over the zones, or not at all. */
  static strictlyOverZones(): Spread {
    return new Spread("DoNotSchedule");
  }

  /** Wherever the scheduler likes. */
  static anywhere(): Spread {
    return new Spread(undefined);
  }

  private constructor(private readonly whenUnsatisfiable: string | undefined) {}

  /** As the Terraform provider takes it. */
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
