/**
 * Defines the upgrade policy of a cluster at the end of standard support of its version.
 *
 * @example Support.extended(); Support.standardOnly()
 */
export class Support {
  /** The cluster keeps its version for another year, at an extra cost per hour. */
  static extended(): Support {
    return new Support("EXTENDED");
  }

  /** EKS upgrades the control plane to the next minor version automatically. */
  static standardOnly(): Support {
    return new Support("STANDARD");
  }

  private constructor(
    /** Value of the EKS API. */
    readonly supportType: "EXTENDED" | "STANDARD",
  ) {}
}
