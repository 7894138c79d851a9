import { AwsSession } from "./aws-session";

/** One session for each region that a command uses. */
export class RegionSessions {
  private readonly sessions = new Map<string, AwsSession>();

  constructor(
    /** Address of a local cloud; undefined for AWS. */
    private readonly endpoint: string | undefined,
  ) {}

  /** The session of a region. */
  of(region: string): AwsSession {
    const session = this.sessions.get(region) ?? new AwsSession(region, this.endpoint);
    this.sessions.set(region, session);
    return session;
  }

  /** Closes the connections of all regions. */
  destroy(): void {
    for (const session of this.sessions.values()) session.destroy();
  }
}
