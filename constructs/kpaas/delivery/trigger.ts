/**
 * Defines what starts a job of a delivery.
 *
 * @example Trigger.onChange(); Trigger.afterPrevious(); Trigger.manual()
 */
export class Trigger {
  /** A change of the repository's branch. */
  static onChange(): Trigger {
    return new Trigger("change", "on a change of the repository's branch");
  }

  /** Success of the previous job. */
  static afterPrevious(): Trigger {
    return new Trigger("previous", "after the previous job has succeeded");
  }

  /** A person. */
  static manual(): Trigger {
    return new Trigger("manual", "manually");
  }

  private constructor(
    /** Kind of event. */
    readonly kind: "change" | "previous" | "manual",
    /** Text for the list of clicks and for messages. */
    readonly description: string,
  ) {}
}
