/**
 * Defines what starts a job of a delivery.
 *
 * @example Trigger.onChange(); Trigger.afterPrevious(); Trigger.byHand()
 */
export class Trigger {
  /** A change of the repository's branch. */
  static onChange(): Trigger {
    return new Trigger("change", "when the repository's branch has changed");
  }

  /** The good end of the job before it. */
  static afterPrevious(): Trigger {
    return new Trigger("previous", "when the job before it has ended well");
  }

  /** A person. */
  static byHand(): Trigger {
    return new Trigger("hand", "by hand");
  }

  private constructor(
    readonly kind: "change" | "previous" | "hand",
    /** For people. */
    readonly words: string,
  ) {}
}
