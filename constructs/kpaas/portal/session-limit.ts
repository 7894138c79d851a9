import { KPB007 } from "../boot/rules";

/**
 * Defines the number of concurrent sessions that a user of the portal may have per client. A value type; `Portal` sets it at the
 * first boot through the Keycloak API.
 *
 * @example SessionLimit.unlimited(); SessionLimit.of(2)
 */
export class SessionLimit {
  /** No limit: `-1`. */
  static unlimited(): SessionLimit {
    return new SessionLimit(-1);
  }

  /** A number of sessions; Keycloak denies further ones. */
  static of(sessions: number): SessionLimit {
    if (!Number.isInteger(sessions) || sessions < 1)
      throw KPB007.violation({
        given: `${sessions} sessions`,
        fix: "give a whole number above zero, or SessionLimit.unlimited()",
      });
    return new SessionLimit(sessions);
  }

  private constructor(private readonly sessions: number) {}

  /** Value of Keycloak's setting. */
  toString(): string {
    return String(this.sessions);
  }
}
