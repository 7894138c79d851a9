/**
 * Defines what happens when standard support of a cluster's version ends.
 *
 * @example Support.extended(); Support.standardOnly()
 */
export class Support {
  /** The cluster stays as it is for another year and pays for it by the hour. */
  static extended(): Support {
    return new Support("EXTENDED");
  }

  /** EKS upgrades the control plane to the next minor by itself. */
  static standardOnly(): Support {
    return new Support("STANDARD");
  }

  private constructor(
    /** As EKS calls it. */
    readonly supportType: "EXTENDED" | "STANDARD",
  ) {}
}
