import { KPB007 } from "./rules";

/**
 * Defines how many sessions a user of the portal may have at a time, for each client. A value; `Portal` sets it at the first boot
 * through Keycloak's API, by the id that is found in the login flow.
 *
 * @example SessionLimit.unlimited(); SessionLimit.of(2)
 */
export class SessionLimit {
  /** No limit: `-1`. */
  static unlimited(): SessionLimit {
    return new SessionLimit(-1);
  }

  /** So many sessions; the next one is refused. */
  static of(sessions: number): SessionLimit {
    if (!Number.isInteger(sessions) || sessions < 1)
      throw KPB007.violation({
        given: `${sessions} sessions`,
        fix: "give a whole number above zero, or SessionLimit.unlimited()",
      });
    return new SessionLimit(sessions);
  }

  private constructor(private readonly sessions: number) {}

  /** As Keycloak keeps it. */
  toString(): string {
    return String(this.sessions);
  }
}
